import type { DBSnapshot } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { Check, Lookup } from '../../domain/action.ts';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Observed } from '../kit/define.ts';
import { instant } from '../kit/fields.ts';
import { isMadeByStep } from '../kit/owner.ts';
import { pace } from '../kit/pace.ts';
import { mapReading, orAbsent, type Reading } from '../kit/reading.ts';
import { checkName, isMade } from './made.ts';
import {
  dataUntil,
  failedSnapshot,
  nameSnapshot,
  readSnapshot,
  type SnapshotRef,
  snapshotStatus,
} from './snapshots.ts';

/** What a step that makes a snapshot gives to the steps after it. */
export const SnapshotOutput = z.strictObject({
  snapshot: z.string().describe('DB snapshot identifier of the new snapshot.'),
  arn: z.string().describe('Its ARN.'),
  created_at: instant.describe('When what is in it was taken: a copy has the time of its original.'),
});

export const SnapshotReceipt = z.strictObject({ at: instant, snapshot: z.string() });

/** The plan's word on a snapshot that is to be made under this name. */
export async function planName(
  ref: SnapshotRef,
  ctx: KitContext,
): Promise<{ check: Check; made: boolean; status: string | null }> {
  const read = found(await readSnapshot(ref, ctx));
  return {
    check: checkName(ref.snapshot, read, ctx, failedSnapshot),
    made: isMade(read, ctx, failedSnapshot),
    status: read.ok ? (read.value?.status ?? null) : null,
  };
}

function found(read: Reading<DBSnapshot>) {
  return orAbsent(mapReading(read, (one) => ({ status: snapshotStatus(one), tags: one.TagList })));
}

/** Whether this step has made it: its name is the run's own, and its tags name the step. */
export async function lookupSnapshot(
  ref: SnapshotRef,
  ctx: KitContext,
): Promise<'happened' | Exclude<Lookup, { happened: true }>> {
  const read = orAbsent(await readSnapshot(ref, ctx));
  if (!read.ok) return unknowable(read);
  if (read.value === undefined) return { happened: false };
  if (isMadeByStep(read.value.TagList, ctx.owner)) return 'happened';
  return { happened: 'failed', why: `There is a ${nameSnapshot(ref)} already, which this step did not make.` };
}

export async function observeSnapshot(
  ref: SnapshotRef,
  ctx: KitContext,
): Promise<Observed<z.output<typeof SnapshotOutput>>> {
  const read = await readSnapshot(ref, ctx);
  if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
  if (!read.ok) return notSeen(read, pace.backup);
  const status = snapshotStatus(read.value);
  if (failedSnapshot.test(status)) {
    const why = `The ${nameSnapshot(ref)} is ${status}: expected it to become available. Look at the events in RDS.`;
    return { state: 'failed', why };
  }
  const until = dataUntil(read.value);
  if (status !== 'available' || until === undefined) {
    const progress = `${status}, ${read.value.PercentProgress ?? 0} %`;
    return { state: 'working', progress, againInMs: pace.backup };
  }
  const { DBSnapshotArn: arn = '' } = read.value;
  return { state: 'done', output: { snapshot: ref.snapshot, arn, created_at: until.toISOString() } };
}
