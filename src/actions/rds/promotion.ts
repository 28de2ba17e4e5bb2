import type { DBInstance } from '@aws-sdk/client-rds';
import type { Check, Lookup } from '../../domain/action.ts';
import { judgeReading, notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Observed } from '../kit/define.ts';
import { pace } from '../kit/pace.ts';
import {
  brokenStatus,
  endpointOf,
  type InstanceRef,
  nameInstance,
  readInstance,
  sayBroken,
  sourceOf,
  statusOf,
} from './instance.ts';
import { isPromoted, promotedBy } from './promoted.ts';

/**
 * What the instance shows of a promotion that may have been asked for. A replica that is busy may be so for another
 * reason, and events of RDS are best effort: until it is available or standalone nobody knows.
 */
export async function lookupPromotion(
  input: InstanceRef,
  ctx: KitContext,
): Promise<'happened' | Exclude<Lookup, { happened: true }>> {
  const read = await readInstance(input, ctx);
  if (!read.ok) return unknowable(read);
  const instance = read.value;
  const ours = promotedBy(instance) === ctx.owner;
  if (sourceOf(instance) === null) {
    return ours
      ? 'happened'
      : { happened: 'unknowable', why: `${nameInstance(input)} is standalone, but not by this run.` };
  }
  if (!ours) return { happened: false };
  const status = statusOf(instance);
  if (status === 'available') return { happened: false };
  if (brokenStatus.test(status)) return { happened: 'failed', why: sayBroken(input, status) };
  return {
    happened: 'unknowable',
    why: `${nameInstance(input)} is ${status} and still a replica: whether that is its promotion shows once it is available or standalone.`,
  };
}

/** Done only when two readings in a row show a standalone instance that is up: the first may come between two states. */
export async function observePromotion(input: InstanceRef, ctx: KitContext): Promise<Observed<{ endpoint: string }>> {
  const first = await look(input, ctx);
  if (first.state !== 'done') return first;
  await ctx.clock.sleep(pace.confirm, ctx.signal);
  return look(input, ctx);
}

export async function verifyPromotion(input: InstanceRef, ctx: KitContext): Promise<Check[]> {
  const question = {
    id: 'standalone',
    title: 'stands alone',
    expected: 'no source, available',
    carry: 'never',
  } as const;
  const read = await readInstance(input, ctx);
  return [
    judgeReading(question, read, (instance) => ({
      pass: isPromoted(instance),
      found: `source ${sourceOf(instance) ?? 'none'}, ${statusOf(instance)}`,
    })),
  ];
}

async function look(input: InstanceRef, ctx: KitContext): Promise<Observed<{ endpoint: string }>> {
  const read = await readInstance(input, ctx);
  if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
  if (!read.ok) return notSeen(read, pace.database);
  const status = statusOf(read.value);
  if (brokenStatus.test(status)) return { state: 'failed', why: sayBroken(input, status) };
  const endpoint = endpointOf(read.value);
  if (isPromoted(read.value) && endpoint !== null) return { state: 'done', output: { endpoint } };
  return { state: 'working', progress: progressOf(read.value), againInMs: pace.database };
}

function progressOf(instance: DBInstance): string {
  const role = sourceOf(instance) === null ? 'standalone' : 'still a replica';
  return `${statusOf(instance)}, ${role}`;
}
