import type {
  DescribeParametersCommandInput,
  DescribeParametersCommandOutput,
  GetParameterCommandInput,
  GetParameterCommandOutput,
  ParameterStringFilter,
  PutParameterCommandInput,
  PutParameterCommandOutput,
} from '@aws-sdk/client-ssm';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Parameter } from './state.ts';

const defaultKey = 'alias/aws/ssm';
const versionsKept = 100;

export const ssmOperations: Operations = {
  GetParameter: reading<GetParameterCommandInput, GetParameterCommandOutput>(get),
  DescribeParameters: reading<DescribeParametersCommandInput, DescribeParametersCommandOutput>(describe),
  PutParameter: effect<PutParameterCommandInput, PutParameterCommandOutput>((input) => `ssm:${input.Name}`, put),
};

function find(scene: Scene, name: string | undefined): Parameter | undefined {
  return scene.state.ssm.parameters.find((one) => one.region === scene.region && one.name === name);
}

/** `NAME` is the current version, `NAME:3` that one. What is encrypted comes as it is stored unless it is to be decrypted. */
function get(scene: Scene, input: GetParameterCommandInput) {
  const [name, asked] = (input.Name ?? '').split(':');
  const parameter = find(scene, name) ?? refuse('ParameterNotFound', `There is no parameter ${name}.`);
  const { versions, type } = parameter;
  const version = asked === undefined ? versions.at(-1) : versions.find((one) => String(one.version) === asked);
  if (!version) refuse('ParameterVersionNotFound', `${name} has no version ${asked}.`);
  const hidden = type === 'SecureString' && input.WithDecryption !== true;
  return {
    Parameter: {
      Name: parameter.name,
      Type: type,
      Value: hidden ? `AQICAHencrypted${version.version}` : version.value,
      Version: version.version,
      LastModifiedDate: new Date(version.at),
      ARN: `arn:aws:ssm:${scene.region}:${scene.state.estate.account}:parameter${parameter.name}`,
    },
  };
}

function describe(scene: Scene, input: DescribeParametersCommandInput) {
  const size = input.MaxResults ?? 50;
  if (size > 50) refuse('ValidationException', `MaxResults must be at most 50, found ${size}.`);
  const here = scene.state.ssm.parameters.filter(
    (one) => one.region === scene.region && (input.ParameterFilters ?? []).every((filter) => passes(filter, one)),
  );
  const from = Number(input.NextToken ?? 0);
  const page = here.slice(from, from + size);
  return {
    Parameters: page.map((parameter) => ({
      Name: parameter.name,
      Type: parameter.type,
      Version: parameter.versions.at(-1)?.version,
      LastModifiedDate: new Date(parameter.versions.at(-1)?.at ?? 0),
      Tier: 'Standard' as const,
      ...(parameter.type === 'SecureString' ? { KeyId: parameter.keyId } : {}),
    })),
    ...(from + size < here.length ? { NextToken: String(from + size) } : {}),
  };
}

function passes({ Key, Option, Values = [] }: ParameterStringFilter, { name }: Parameter): boolean {
  if (Key === 'Name' && Option === 'Equals') return Values.includes(name);
  if (Key === 'Path' && Option === 'Recursive') return Values.some((path) => name.startsWith(`${path}/`));
  return refuse('InvalidFilterKey', `The simulated cloud filters by Name and by Path, not by ${Key} ${Option}.`);
}

/** Without a key, a SecureString is encrypted anew with the account's own, whichever encrypted it before. */
function put(scene: Scene, input: PutParameterCommandInput) {
  const parameter = find(scene, input.Name);
  const { at } = scene.state;
  if (!parameter) return create(scene, input);
  if (input.Overwrite !== true) refuse('ParameterAlreadyExists', 'The parameter already exists.');
  if (input.Type !== undefined && input.Type !== parameter.type) {
    refuse('UnsupportedParameterType', `${parameter.name} is a ${parameter.type}, and stays one.`);
  }
  const version = (parameter.versions.at(-1)?.version ?? 0) + 1;
  parameter.keyId = input.KeyId ?? defaultKey;
  parameter.versions = [...parameter.versions, { version, value: input.Value ?? '', at }].slice(-versionsKept);
  return { Version: version, Tier: 'Standard' as const };
}

function create(scene: Scene, input: PutParameterCommandInput) {
  scene.state.ssm.parameters.push({
    region: scene.region,
    name: input.Name ?? '',
    type: input.Type ?? 'String',
    keyId: input.KeyId ?? defaultKey,
    versions: [{ version: 1, value: input.Value ?? '', at: scene.state.at }],
  });
  return { Version: 1, Tier: 'Standard' as const };
}
