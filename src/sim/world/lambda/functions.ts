import type {
  CreateFunctionCommandInput,
  CreateFunctionCommandOutput,
  DeleteFunctionCommandInput,
  DeleteFunctionCommandOutput,
  FunctionCode,
  UpdateFunctionCodeCommandInput,
  UpdateFunctionCodeCommandOutput,
  UpdateFunctionConfigurationCommandInput,
  UpdateFunctionConfigurationCommandOutput,
} from '@aws-sdk/client-lambda';
import { schedule } from '../model.ts';
import { effect, type Operations, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { named } from './concurrency.ts';
import { describeFunction, findFunction, needFunction, needSettled } from './find.ts';
import { settingsOf } from './settings.ts';
import type { LambdaFunction } from './state.ts';

export const functionChanges: Operations = {
  CreateFunction: effect<CreateFunctionCommandInput, CreateFunctionCommandOutput>(named, create),
  UpdateFunctionCode: effect<UpdateFunctionCodeCommandInput, UpdateFunctionCodeCommandOutput>(named, (scene, input) => {
    const fn = needFunction(scene, input.FunctionName);
    needSettled(fn);
    if (input.ImageUri) fn.image = input.ImageUri;
    else fn.base64 = packageOf(scene, input);
    return beginUpdate(scene.state, fn);
  }),
  UpdateFunctionConfiguration: effect<
    UpdateFunctionConfigurationCommandInput,
    UpdateFunctionConfigurationCommandOutput
  >(named, (scene, input) => {
    const fn = needFunction(scene, input.FunctionName);
    needSettled(fn);
    needLayers(scene, input.Layers);
    fn.settings = settingsOf(input, fn.settings);
    return beginUpdate(scene.state, fn);
  }),
  DeleteFunction: effect<DeleteFunctionCommandInput, DeleteFunctionCommandOutput>(named, (scene, input) => {
    const { lambda } = scene.state;
    const fn = needFunction(scene, input.FunctionName);
    lambda.functions = lambda.functions.filter((other) => other !== fn);
    return {};
  }),
};

function create(scene: Scene, input: CreateFunctionCommandInput) {
  const { state, region } = scene;
  const name = input.FunctionName ?? '';
  if (findFunction(state, region, name)) {
    refuse('ResourceConflictException', `Function already exist: ${name}`, 409);
  }
  needLayers(scene, input.Layers);
  const image = input.Code?.ImageUri ?? null;
  const fn: LambdaFunction = {
    region,
    name,
    settings: { Description: '', Timeout: 3, MemorySize: 128, ...settingsOf(input, {}) },
    base64: image === null ? packageOf(scene, input.Code ?? {}) : '',
    image,
    state: 'Pending',
    update: 'InProgress',
    reason: null,
    modifiedAt: state.at,
    reserved: null,
    stoppedAt: null,
    tags: input.Tags ?? {},
    versions: [],
    aliases: {},
    policy: [],
    asyncPerMinute: 0,
    eventAge: null,
  };
  state.lambda.functions.push(fn);
  return beginUpdate(state, fn);
}

/** The package that a request brings, or names in a bucket of the function's own Region. */
function packageOf({ state, region }: Scene, code: FunctionCode): string {
  if (code.ZipFile) return Buffer.from(code.ZipFile).toString('base64');
  const failed = (why: string): never =>
    refuse('InvalidParameterValueException', `Error occurred while GetObject. S3 Error Code: ${why}`);
  const bucket = state.buckets.find((one) => one.name === code.S3Bucket) ?? failed('NoSuchBucket.');
  if (bucket.region !== region) failed(`PermanentRedirect. The bucket is in ${bucket.region}, not in ${region}.`);
  const key = code.S3Key ?? '';
  const object = Object.hasOwn(bucket.objects, key) ? bucket.objects[key] : undefined;
  return object?.base64 ?? failed('NoSuchKey.');
}

function needLayers({ state, region }: Scene, layers: readonly string[] = []): void {
  const absent = layers.find((arn) => !state.lambda.layers.some((one) => one.region === region && one.arn === arn));
  if (absent) refuse('InvalidParameterValueException', `Layer version ${absent} does not exist.`);
}

function beginUpdate(state: State, fn: LambdaFunction) {
  fn.update = 'InProgress';
  fn.reason = null;
  fn.modifiedAt = state.at;
  schedule(state, state.estate.timings.functionPendingMs, 'lambda.next', `${fn.region}/${fn.name}`);
  return describeFunction(state, fn);
}
