import type {
  GetAccountSettingsCommandInput,
  GetAccountSettingsCommandOutput,
  GetFunctionCommandInput,
  GetFunctionCommandOutput,
  GetFunctionConcurrencyCommandInput,
  GetFunctionConcurrencyCommandOutput,
  GetFunctionConfigurationCommandInput,
  GetFunctionConfigurationCommandOutput,
  GetFunctionEventInvokeConfigCommandInput,
  GetFunctionEventInvokeConfigCommandOutput,
  GetLayerVersionByArnCommandInput,
  GetLayerVersionByArnCommandOutput,
  ListFunctionsCommandInput,
  ListFunctionsCommandOutput,
  ListTagsCommandInput,
  ListTagsCommandOutput,
} from '@aws-sdk/client-lambda';
import { type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { usedConcurrency } from './concurrency.ts';
import { codeAddress, layerAddress } from './download.ts';
import { describeFunction, needFunction, sha256Of } from './find.ts';

const pageSize = 50;

export const functionReadings: Operations = {
  GetFunction: reading<GetFunctionCommandInput, GetFunctionCommandOutput>(getFunction),
  GetFunctionConfiguration: reading<GetFunctionConfigurationCommandInput, GetFunctionConfigurationCommandOutput>(
    (scene, input) => getFunction(scene, input).Configuration,
  ),
  GetFunctionConcurrency: reading<GetFunctionConcurrencyCommandInput, GetFunctionConcurrencyCommandOutput>(
    (scene, input) => {
      const { reserved } = needFunction(scene, input.FunctionName);
      return reserved === null ? {} : { ReservedConcurrentExecutions: reserved };
    },
  ),
  GetFunctionEventInvokeConfig: reading<
    GetFunctionEventInvokeConfigCommandInput,
    GetFunctionEventInvokeConfigCommandOutput
  >((scene, input) => {
    const { eventAge, name } = needFunction(scene, input.FunctionName);
    if (eventAge === null) {
      const why = `The function ${name} doesn't have an EventInvokeConfig`;
      refuse('ResourceNotFoundException', why, 404);
    }
    return { MaximumEventAgeInSeconds: eventAge };
  }),
  ListFunctions: reading<ListFunctionsCommandInput, ListFunctionsCommandOutput>(({ state, region }, input) => {
    const all = state.lambda.functions.filter((one) => one.region === region);
    const from = Number(input.Marker ?? 0);
    const until = from + Math.min(input.MaxItems ?? pageSize, pageSize);
    return {
      Functions: all.slice(from, until).map((fn) => describeFunction(state, fn)),
      ...(until < all.length ? { NextMarker: String(until) } : {}),
    };
  }),
  ListTags: reading<ListTagsCommandInput, ListTagsCommandOutput>((scene, input) => ({
    Tags: needFunction(scene, input.Resource).tags,
  })),
  GetLayerVersionByArn: reading<GetLayerVersionByArnCommandInput, GetLayerVersionByArnCommandOutput>(getLayer),
  GetAccountSettings: reading<GetAccountSettingsCommandInput, GetAccountSettingsCommandOutput>(({ state, region }) => {
    const all = state.estate.lambda.concurrency;
    const left = all - usedConcurrency(state, region);
    return { AccountLimit: { ConcurrentExecutions: all, UnreservedConcurrentExecutions: left }, AccountUsage: {} };
  }),
};

function getFunction(scene: Scene, input: Pick<GetFunctionCommandInput, 'FunctionName' | 'Qualifier'>) {
  const { state } = scene;
  const fn = needFunction(scene, input.FunctionName);
  const version = input.Qualifier === undefined ? undefined : (fn.aliases[input.Qualifier] ?? input.Qualifier);
  if (version !== undefined && version !== '$LATEST' && !fn.versions.some((one) => one.version === version)) {
    refuse('ResourceNotFoundException', `Function not found: ${fn.name}:${input.Qualifier}`, 404);
  }
  const Code =
    fn.image === null
      ? { RepositoryType: 'S3', Location: codeAddress(state, fn, version) }
      : { RepositoryType: 'ECR', ImageUri: fn.image, ResolvedImageUri: fn.image };
  return {
    Configuration: describeFunction(state, fn, version),
    Code,
    Tags: fn.tags,
    ...(fn.reserved === null ? {} : { Concurrency: { ReservedConcurrentExecutions: fn.reserved } }),
  };
}

function getLayer({ state, region }: Scene, input: GetLayerVersionByArnCommandInput) {
  const layer = state.lambda.layers.find((one) => one.arn === input.Arn && one.region === region);
  if (!layer) refuse('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
  const { base64, arn } = layer;
  return {
    LayerVersionArn: arn,
    Version: Number(arn.split(':').at(-1)),
    Content: {
      Location: layerAddress(state, layer),
      CodeSha256: sha256Of(base64),
      CodeSize: Buffer.from(base64, 'base64').length,
    },
  };
}
