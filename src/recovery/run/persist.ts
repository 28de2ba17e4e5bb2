import type { RecoveryDeps } from '../deps.ts';

const firstWaitMs = 500;
const longestWaitMs = 10_000;

/** Does `work` until the store takes it: a database that is away for a while must not end a run. */
export async function persist<T>(deps: Pick<RecoveryDeps, 'clock' | 'log'>, what: string, work: () => Promise<T>): Promise<T> {
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
    try {
      return await work();
    } catch (error) {
      deps.log.error({ err: error, what }, 'the store did not take this; trying again');
      await deps.clock.sleep(wait * Math.max(deps.clock.scale, 1));
    }
  }
}
