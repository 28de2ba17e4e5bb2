import type {
  DescribeSecretCommandInput,
  DescribeSecretCommandOutput,
  GetRandomPasswordCommandInput,
  GetRandomPasswordCommandOutput,
  GetSecretValueCommandInput,
  GetSecretValueCommandOutput,
  PutSecretValueCommandInput,
  PutSecretValueCommandOutput,
  UpdateSecretVersionStageCommandInput,
  UpdateSecretVersionStageCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import { mint } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { moveStage, putStage } from './stages.ts';
import type { Secret } from './state.ts';

const named = (input: { SecretId: string | undefined }): string => `secretsmanager:${input.SecretId}`;

export const secretsOperations: Operations = {
  DescribeSecret: reading<DescribeSecretCommandInput, DescribeSecretCommandOutput>((scene, input) => {
    const secret = needSecret(scene, input.SecretId);
    const staged = secret.versions.filter(({ stages }) => stages.length > 0);
    return {
      Name: secret.name,
      ARN: `arn:aws:secretsmanager:${secret.region}:${scene.state.estate.account}:secret:${secret.name}-simula`,
      VersionIdsToStages: Object.fromEntries(staged.map(({ id, stages }) => [id, [...stages]])),
    };
  }),
  GetSecretValue: reading<GetSecretValueCommandInput, GetSecretValueCommandOutput>((scene, input) => {
    const secret = needSecret(scene, input.SecretId);
    const stage = input.VersionStage ?? 'AWSCURRENT';
    const version = secret.versions.find(({ id, stages }) =>
      input.VersionId === undefined ? stages.includes(stage) : id === input.VersionId,
    );
    if (!version) notFound("Secrets Manager can't find the specified secret value.");
    return {
      Name: secret.name,
      VersionId: version.id,
      SecretString: version.value,
      VersionStages: [...version.stages],
      CreatedDate: new Date(version.createdAt),
    };
  }),
  GetRandomPassword: reading<GetRandomPasswordCommandInput, GetRandomPasswordCommandOutput>((scene, input) => ({
    RandomPassword: mint(scene.state, input.PasswordLength ?? 32),
  })),
  PutSecretValue: effect<PutSecretValueCommandInput, PutSecretValueCommandOutput>(named, put),
  UpdateSecretVersionStage: effect<UpdateSecretVersionStageCommandInput, UpdateSecretVersionStageCommandOutput>(
    named,
    (scene, input) => {
      moveStage(needSecret(scene, input.SecretId), input);
      return { Name: input.SecretId };
    },
  ),
};

function needSecret(scene: Scene, name: string | undefined): Secret {
  const found = scene.state.secrets.secrets.find((one) => one.region === scene.region && one.name === name);
  return found ?? notFound("Secrets Manager can't find the specified secret.");
}

/** Without stages a new value is current at once. The same token with the same value changes nothing. */
function put(scene: Scene, input: PutSecretValueCommandInput) {
  const secret = needSecret(scene, input.SecretId);
  const id = input.ClientRequestToken ?? mint(scene.state, 32);
  if (id.length < 32 || id.length > 64) refuse('InvalidParameterException', 'A client token has 32 to 64 characters.');
  const value = input.SecretString ?? '';
  const same = secret.versions.find((version) => version.id === id);
  if (same && same.value !== value) {
    refuse('ResourceExistsException', 'A version with this client token exists, with another value.');
  }
  if (!same) {
    secret.versions.push({ id, value, stages: [], createdAt: scene.state.at });
    for (const stage of input.VersionStages ?? ['AWSCURRENT']) putStage(secret, stage, id);
  }
  const stages = secret.versions.find((version) => version.id === id)?.stages ?? [];
  return { Name: secret.name, VersionId: id, VersionStages: [...stages] };
}

function notFound(message: string): never {
  return refuse('ResourceNotFoundException', message);
}
