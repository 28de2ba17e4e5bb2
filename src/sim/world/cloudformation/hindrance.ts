import { faultsOf } from '../model.ts';
import type { State } from '../state.ts';
import type { Stack } from './state.ts';

/** Why a resource cannot be created, changed or deleted; undefined where nothing stands against it. */
export function reasonAgainst(
  state: State,
  stack: Stack,
  of: { logicalId: string; type: string; physicalId: string; isNew: boolean },
): string | undefined {
  const fault = faultsOf(state, 'stack-fails').find(
    (one) => one.region === stack.region && one.stack === stack.name && one.resource === of.logicalId,
  );
  if (fault) return fault.reason;
  return of.isNew && isTaken(state, stack, of) ? `${of.physicalId} already exists` : undefined;
}

/** By a resource of another stack, by one that a deleted stack has left, or, for buckets, by anybody's anywhere. */
function isTaken(state: State, stack: Stack, { type, physicalId }: { type: string; physicalId: string }): boolean {
  const { stacks, orphans } = state.cloudFormation;
  if (type === 'AWS::S3::Bucket' && state.buckets.some(({ name }) => name === physicalId)) return true;
  if (orphans.some((one) => one.region === stack.region && one.type === type && one.name === physicalId)) return true;
  return stacks.some(
    (other) =>
      other !== stack &&
      other.region === stack.region &&
      other.deletedAt === null &&
      Object.values(other.resources).some((one) => one.type === type && one.physicalId === physicalId),
  );
}
