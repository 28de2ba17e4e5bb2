import type { Action, Observation, StepContext } from '../../domain/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Cause } from '../../domain/trouble.ts';
import { StoreUnreachable } from '../../store/failures.ts';
import type { RecoveryDeps } from '../deps.ts';
import { cutOff } from '../plan/within.ts';
import { sayThrown } from './explain.ts';
import type { Outcome } from './work.ts';

/** One look may take this long in real time before it counts as not seen. */
const lookLimitMs = 20_000;
const lookAgainMs = 15_000;

export type Seen = { state: 'done'; output: JsonObject } | Unseen;

type Unseen = { state: 'failed' | 'unknown'; why: string; cause?: Cause };

interface Watched {
  input: JsonObject;
  receipt: JsonObject | null;
  ctx: Omit<StepContext, 'signal'>;
  deadline: Date;
  /** Sends what a look calls due; where it is absent, nothing is sent. */
  advance?: (due: string) => Promise<void>;
}

/** Looks until it is done, has failed, or its time is over. What was never seen to be done is not done. */
export async function observeUntil(
  deps: Pick<RecoveryDeps, 'clock' | 'stopwatch' | 'rest'>,
  action: Pick<Action, 'observe'>,
  of: Watched,
  tell: (progress: string) => Promise<void>,
): Promise<Seen> {
  let told: string | null = null;
  for (;;) {
    const looked = await look(deps, action, of);
    const isOver = deps.clock.now() >= of.deadline;
    const seen = isOver ? looked : await sendDue(looked, of);
    if (seen.state === 'done' || seen.state === 'failed') return seen;
    const words = seen.state === 'working' ? seen.progress : seen.why;
    if (words !== told) await tell(words);
    told = words;
    const leftMs = of.deadline.getTime() - deps.clock.now().getTime();
    if (leftMs <= 0) {
      return {
        state: seen.state === 'working' ? 'failed' : 'unknown',
        why: `not done by its timeout; last seen: ${words}`,
        ...(seen.state === 'unknown' && seen.cause ? { cause: seen.cause } : {}),
      };
    }
    await deps.rest(Math.min(seen.againInMs ?? lookAgainMs, leftMs));
  }
}

/** What was seen; unknown where what it calls due could not be sent, which the next look asks for again. */
async function sendDue(seen: Observation, { advance }: Watched): Promise<Observation> {
  if (seen.state !== 'working' || seen.due === undefined || !advance) return seen;
  try {
    await advance(seen.due);
    return seen;
  } catch (error) {
    if (error instanceof StoreUnreachable) throw error;
    return { ...notSeen(error), againInMs: seen.againInMs };
  }
}

async function look(
  deps: Pick<RecoveryDeps, 'stopwatch'>,
  action: Pick<Action, 'observe'>,
  { input, receipt, ctx }: Watched,
): Promise<Observation> {
  try {
    return await cutOff(deps.stopwatch, lookLimitMs, `no answer within ${lookLimitMs / 1000} seconds`, (signal) =>
      action.observe(input, receipt, { ...ctx, signal }),
    );
  } catch (error) {
    return notSeen(error);
  }
}

function notSeen(error: unknown): Extract<Observation, { state: 'unknown' }> {
  const { note, cause } = sayThrown(error);
  return { state: 'unknown', why: note, ...(cause ? { cause } : {}) };
}

/** What a step has come to that was not seen to be done. */
export function unseen({ state, why, cause }: Unseen): Outcome {
  return { status: state, note: why, output: null, ...(cause ? { cause } : {}) };
}
