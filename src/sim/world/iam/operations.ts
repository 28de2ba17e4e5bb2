import type {
  DeleteRolePolicyCommandInput,
  DeleteRolePolicyCommandOutput,
  GetRoleCommandInput,
  GetRoleCommandOutput,
  GetRolePolicyCommandInput,
  GetRolePolicyCommandOutput,
  ListAccessKeysCommandInput,
  ListAccessKeysCommandOutput,
  PutRolePolicyCommandInput,
  PutRolePolicyCommandOutput,
  UpdateAccessKeyCommandInput,
  UpdateAccessKeyCommandOutput,
} from '@aws-sdk/client-iam';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { IamState } from './state.ts';

const role = (input: { RoleName: string | undefined }): string => `iam:role/${input.RoleName}`;

export const iamOperations: Operations = {
  ListAccessKeys: reading<ListAccessKeysCommandInput, ListAccessKeysCommandOutput>((scene, input) => ({
    AccessKeyMetadata: needUser(scene, input.UserName).accessKeys.map(({ id, status, createdAt }) => ({
      UserName: input.UserName,
      AccessKeyId: id,
      Status: status,
      CreateDate: new Date(createdAt),
    })),
    IsTruncated: false,
  })),
  UpdateAccessKey: effect<UpdateAccessKeyCommandInput, UpdateAccessKeyCommandOutput>(
    (input) => `iam:user/${input.UserName}/${input.AccessKeyId}`,
    (scene, input) => {
      const key = needUser(scene, input.UserName).accessKeys.find(({ id }) => id === input.AccessKeyId);
      if (!key) noSuch(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
      key.status = input.Status === 'Active' ? 'Active' : 'Inactive';
      return {};
    },
  ),
  GetRole: reading<GetRoleCommandInput, GetRoleCommandOutput>((scene, input) => {
    const { name } = needRole(scene, input.RoleName);
    const arn = `arn:aws:iam::${scene.state.estate.account}:role/${name}`;
    return { Role: { RoleName: name, Arn: arn, Path: '/', RoleId: 'AROASIMULATED', CreateDate: new Date(0) } };
  }),
  GetRolePolicy: reading<GetRolePolicyCommandInput, GetRolePolicyCommandOutput>((scene, input) => {
    const { policies } = needRole(scene, input.RoleName);
    const document = Object.hasOwn(policies, input.PolicyName ?? '') ? policies[input.PolicyName ?? ''] : undefined;
    if (document === undefined) noSuch(`The role policy with name ${input.PolicyName} cannot be found.`);
    return { RoleName: input.RoleName, PolicyName: input.PolicyName, PolicyDocument: encodeURIComponent(document) };
  }),
  PutRolePolicy: effect<PutRolePolicyCommandInput, PutRolePolicyCommandOutput>(role, (scene, input) => {
    needRole(scene, input.RoleName).policies[input.PolicyName ?? ''] = input.PolicyDocument ?? '';
    return {};
  }),
  DeleteRolePolicy: effect<DeleteRolePolicyCommandInput, DeleteRolePolicyCommandOutput>(role, (scene, input) => {
    const { policies } = needRole(scene, input.RoleName);
    if (!Object.hasOwn(policies, input.PolicyName ?? '')) {
      noSuch(`The role policy with name ${input.PolicyName} cannot be found.`);
    }
    delete policies[input.PolicyName ?? ''];
    return {};
  }),
};

function needUser(scene: Scene, name: string | undefined): IamState['users'][number] {
  const user = scene.state.iam.users.find((one) => one.name === name);
  return user ?? noSuch(`The user with name ${name} cannot be found.`);
}

function needRole(scene: Scene, name: string | undefined): IamState['roles'][number] {
  const found = scene.state.iam.roles.find((one) => one.name === name);
  return found ?? noSuch(`The role with name ${name} cannot be found.`);
}

function noSuch(message: string): never {
  return refuse('NoSuchEntityException', message, 404);
}
