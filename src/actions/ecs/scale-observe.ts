import type { Deployment } from '@aws-sdk/client-ecs';
import { notSeen } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Observed } from '../kit/define.ts';
import { pace } from '../kit/pace.ts';
import { enough, type ScaleInput } from './scale-input.ts';
import { type CountedService, nameService, readService } from './service.ts';
import { readAlive, sayAlive } from './stopped.ts';

type Seen = Observed<{ running: number; count: number }>;

const cannotStart =
  /unable to (place|consistently start)|capacity is unavailable|CannotPullContainer|ResourceInitializationError/i;

/** Its own predicate: the SDK's waiter takes a rolled-back deployment for a stable one. */
export async function observeScale(input: ScaleInput, since: Date, ctx: KitContext): Promise<Seen> {
  const read = await readService(input, ctx);
  if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
  if (!read.ok) return notSeen(read, pace.service);
  const seen = seenIn(read.value, input, since);
  if (seen.state !== 'done' || input.count > 0) return seen;
  const alive = await readAlive(input, ctx);
  if (!alive.ok) return notSeen(alive, pace.service);
  return alive.value.length === 0 ? seen : working(sayAlive(alive.value));
}

/** What the service's own counts show; at zero its tasks are still to be looked at. */
export function seenIn(service: CountedService, input: ScaleInput, since: Date): Seen {
  const { runningCount: running, pendingCount: pending, desiredCount: desired } = service;
  const done: Seen = { state: 'done', output: { running, count: desired } };
  const deployments = service.deployments ?? [];
  if (input.count === 0 && desired === 0 && running === 0 && pending === 0) return done;
  const failed = deployments.find((deployment) => input.count > 0 && failedSince(deployment, since));
  if (failed)
    return {
      state: 'failed',
      why: `Deployment ${failed.id ?? ''} of ${nameService(input)} failed: ${reasonOf(failed)}.`,
    };
  if (input.count > 0 && serves(service, input)) return done;
  const trouble = troubleSince(service, since);
  if (trouble && input.count > 0) return { state: 'failed', why: `${nameService(input)}: ${trouble}` };
  const others = deployments.length > 1 ? `, ${deployments.length} deployments at once` : '';
  return working(`${running} of ${desired} running, ${pending} pending${others}`);
}

function working(progress: string): Seen {
  return { state: 'working', progress, againInMs: pace.service };
}

/** Failed since the effect, or nobody knows when: one that failed before says nothing of these tasks. */
function failedSince({ rolloutState, updatedAt }: Deployment, since: Date): boolean {
  return rolloutState === 'FAILED' && (updatedAt === undefined || updatedAt >= since);
}

/** Enough tasks run, of one deployment; all of them only once that deployment is at rest, however it once ended. */
function serves(service: CountedService, input: ScaleInput): boolean {
  const { runningCount: running, pendingCount: pending, desiredCount: desired, deployments = [] } = service;
  if (desired < input.count || deployments.length !== 1) return false;
  const steady = deployments[0]?.rolloutState !== 'IN_PROGRESS' && pending === 0;
  return running >= input.count ? steady || enough(input) < input.count : running >= enough(input);
}

/** What ECS wrote since the effect about tasks that do not start. */
function troubleSince(service: CountedService, since: Date): string | undefined {
  const events = service.events ?? [];
  return events.find(({ createdAt, message }) => createdAt && createdAt >= since && cannotStart.test(message ?? ''))
    ?.message;
}

function reasonOf({ rolloutStateReason }: Deployment): string {
  return rolloutStateReason?.replace(/\.$/, '') ?? 'ECS gives no reason';
}
