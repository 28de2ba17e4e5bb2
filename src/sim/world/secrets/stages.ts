import type { UpdateSecretVersionStageCommandInput } from '@aws-sdk/client-secrets-manager';
import { refuse } from '../refuse.ts';
import type { Secret, SecretVersion } from './state.ts';

/** Puts a stage on one version and off the others; what was current becomes previous. */
export function putStage(secret: Secret, stage: string, id: string): void {
  const holder = secret.versions.find(({ stages }) => stages.includes(stage));
  if (holder?.id === id) return;
  drop(secret, stage);
  find(secret, id).stages.push(stage);
  if (stage === 'AWSCURRENT' && holder) putStage(secret, 'AWSPREVIOUS', holder.id);
}

/** As AWS does it: a stage that is on another version is moved only by whoever names that version. */
export function moveStage(secret: Secret, input: UpdateSecretVersionStageCommandInput): void {
  const { VersionStage: stage = '', MoveToVersionId: to, RemoveFromVersionId: from } = input;
  const holder = secret.versions.find(({ stages }) => stages.includes(stage));
  if (to === undefined && stage === 'AWSCURRENT') {
    refuse('InvalidParameterException', 'AWSCURRENT can be moved, not removed.');
  }
  if (from !== undefined && find(secret, from) !== holder) {
    refuse('InvalidParameterException', `The version ${from} does not have the stage ${stage}.`);
  }
  if (to !== undefined && holder && holder.id !== to && holder.id !== from) {
    refuse('InvalidParameterException', `${stage} is on version ${holder.id}: name it to remove it from there.`);
  }
  if (to === undefined) drop(secret, stage);
  else putStage(secret, stage, to);
}

function drop(secret: Secret, stage: string): void {
  for (const version of secret.versions) version.stages = version.stages.filter((one) => one !== stage);
}

function find(secret: Secret, id: string): SecretVersion {
  const found = secret.versions.find((version) => version.id === id);
  return found ?? refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret version.");
}
