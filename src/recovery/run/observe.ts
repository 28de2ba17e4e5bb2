import type { Action, Observation, StepContext } from '../../domain/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { RecoveryDeps } from '../deps.ts';
import { within } from '../plan/within.ts';

/** One look may take this long in real time before it counts as not seen. */
const lookLimitMs = 20_000;
const lookAgainMs = 15_000;

export type Seen = { state: 'done'; output: JsonObject } | { state: 'failed' | 'unknown'; why: string };

/** Looks until it is done, has failed, or its time is over. What was never seen to be done is not done. */
export async function observeUntil(
  deps: RecoveryDeps,
  action: Action,
  of: { input: JsonObject; receipt: JsonObject | null; ctx: Omit<StepContext, 'signal'>; deadline: Date },
  tell: (progress: string) => Promise<void>,
): Promise<Seen> {
  let told: string | null = null;
  for (;;) {
    const seen = await look(deps, action, of);
    if (seen.state === 'done' || seen.state === 'failed') return seen;
    const words = seen.state === 'working' ? seen.progress : seen.why;
    if (words !== told) await tell(words);
    told = words;
    const leftMs = of.deadline.getTime() - deps.clock.now().getTime();
    if (leftMs <= 0) {
      return {
        state: seen.state === 'working' ? 'failed' : 'unknown',
        why: `not done by its timeout; last seen: ${words}`,
      };
    }
    await deps.clock.sleep(Math.min(seen.againInMs ?? lookAgainMs, leftMs));
  }
}

async function look(
  deps: RecoveryDeps,
  action: Action,
  { input, receipt, ctx }: { input: JsonObject; receipt: JsonObject | null; ctx: Omit<StepContext, 'signal'> },
): Promise<Observation> {
  try {
    return await within(deps.stopwatch, lookLimitMs, `no answer within ${lookLimitMs / 1000} seconds`, (signal) =>
      action.observe(input, receipt, { ...ctx, signal }),
    );
  } catch (error) {
    return { state: 'unknown', why: error instanceof Error ? error.message : String(error) };
  }
}
