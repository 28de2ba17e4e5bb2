import type {
  AddPermissionCommandInput,
  AddPermissionCommandOutput,
  CreateAliasCommandInput,
  CreateAliasCommandOutput,
  GetPolicyCommandInput,
  GetPolicyCommandOutput,
  ListAliasesCommandInput,
  ListAliasesCommandOutput,
  PublishVersionCommandInput,
  PublishVersionCommandOutput,
  RemovePermissionCommandInput,
  RemovePermissionCommandOutput,
  UpdateAliasCommandInput,
  UpdateAliasCommandOutput,
} from '@aws-sdk/client-lambda';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { named } from './concurrency.ts';
import { arnOf, describeFunction, needFunction, needSettled } from './find.ts';
import type { LambdaFunction, Statement } from './state.ts';

/** Who may call a function, and by which names. */
export const accessOperations: Operations = {
  GetPolicy: reading<GetPolicyCommandInput, GetPolicyCommandOutput>((scene, input) => {
    const { policy } = needFunction(scene, input.FunctionName);
    if (policy.length === 0) refuse('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
    return { Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: policy }), RevisionId: '1' };
  }),
  AddPermission: effect<AddPermissionCommandInput, AddPermissionCommandOutput>(named, addPermission),
  RemovePermission: effect<RemovePermissionCommandInput, RemovePermissionCommandOutput>(named, (scene, input) => {
    const fn = needFunction(scene, input.FunctionName);
    const kept = fn.policy.filter(({ Sid }) => Sid !== input.StatementId);
    if (kept.length === fn.policy.length) {
      refuse('ResourceNotFoundException', `Statement ${input.StatementId} is not found in resource policy.`, 404);
    }
    fn.policy = kept;
    return {};
  }),
  ListAliases: reading<ListAliasesCommandInput, ListAliasesCommandOutput>((scene, input) => {
    const fn = needFunction(scene, input.FunctionName);
    const Aliases = Object.entries(fn.aliases).map(([Name, FunctionVersion]) => ({
      Name,
      FunctionVersion,
      AliasArn: `${arnOf(scene.state, fn)}:${Name}`,
    }));
    return { Aliases };
  }),
  CreateAlias: effect<CreateAliasCommandInput, CreateAliasCommandOutput>(named, (scene, input) => {
    const fn = needFunction(scene, input.FunctionName);
    const { Name = '', FunctionVersion = '' } = input;
    if (Object.hasOwn(fn.aliases, Name)) {
      refuse('ResourceConflictException', `Alias already exists: ${fn.name}:${Name}`, 409);
    }
    return point(fn, Name, FunctionVersion);
  }),
  UpdateAlias: effect<UpdateAliasCommandInput, UpdateAliasCommandOutput>(named, (scene, input) => {
    const fn = needFunction(scene, input.FunctionName);
    const { Name = '', FunctionVersion = '' } = input;
    if (!Object.hasOwn(fn.aliases, Name)) {
      refuse('ResourceNotFoundException', `Cannot find alias arn: ${arnOf(scene.state, fn)}:${Name}`, 404);
    }
    return point(fn, Name, FunctionVersion);
  }),
  PublishVersion: effect<PublishVersionCommandInput, PublishVersionCommandOutput>(named, (scene, input) => {
    const fn = needFunction(scene, input.FunctionName);
    needSettled(fn);
    if (input.CodeSha256 !== undefined && input.CodeSha256 !== describeFunction(scene.state, fn).CodeSha256) {
      refuse('InvalidParameterValueException', 'CodeSHA256 is different from current CodeSHA256 in $LATEST.');
    }
    const last = fn.versions.at(-1);
    const version = last?.base64 === fn.base64 ? last.version : String(Number(last?.version ?? 0) + 1);
    if (version !== last?.version) fn.versions.push({ version, base64: fn.base64 });
    return describeFunction(scene.state, fn, version);
  }),
};

function point(fn: LambdaFunction, Name: string, FunctionVersion: string) {
  if (!fn.versions.some(({ version }) => version === FunctionVersion)) {
    refuse('ResourceNotFoundException', `Function not found: ${fn.name}:${FunctionVersion}`, 404);
  }
  fn.aliases[Name] = FunctionVersion;
  return { Name, FunctionVersion };
}

function addPermission(scene: Scene, input: AddPermissionCommandInput) {
  const fn = needFunction(scene, input.FunctionName);
  const { StatementId: Sid = '', Principal = '', Action = '', SourceArn, SourceAccount } = input;
  if (fn.policy.some((one) => one.Sid === Sid)) {
    refuse('ResourceConflictException', `The statement id (${Sid}) provided already exists.`, 409);
  }
  const arn = SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': SourceArn } };
  const account = SourceAccount === undefined ? {} : { StringEquals: { 'AWS:SourceAccount': SourceAccount } };
  const statement: Statement = {
    Sid,
    Effect: 'Allow',
    Principal: Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal },
    Action,
    Resource: arnOf(scene.state, fn),
    ...(SourceArn === undefined && SourceAccount === undefined ? {} : { Condition: { ...arn, ...account } }),
  };
  fn.policy.push(statement);
  return { Statement: JSON.stringify(statement) };
}
