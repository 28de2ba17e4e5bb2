import { NobodyListens, Refusal } from '../../domain/errors.ts';
import type { RecoveryDeps } from '../deps.ts';

const againMs = 100;
/** In all less than the three seconds in which Slack wants a click acknowledged. */
const mostTries = 20;

/** A step is running an instant before its own workflow is there to be told: what is written for it waits that long. */
export async function untilHeard<T>(deps: RecoveryDeps, step: string, write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof NobodyListens)) throw error;
      if (tries === mostTries)
        throw new Refusal(`${step} is only beginning: nothing was noted, answer it again in a moment.`, 'step');
      await deps.stopwatch.sleep(againMs);
    }
  }
}
