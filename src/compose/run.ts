import { constants } from 'node:os';
import { stopwatch } from '../clock/stopwatch.ts';
import { FaultyFiles, Refusal } from '../domain/errors.ts';
import { hideSecrets } from '../domain/secret-text.ts';
import { StoreHeld, StoreUnreachable, WrongPurpose } from '../store/failures.ts';
import type { MusterLog } from './log.ts';
import type { Serving } from './serve.ts';

/** Ends the start with the sentence that says why; a stack is for what nobody expected. */
export function sayWhyNot(error: unknown): void {
  const known = [Refusal, FaultyFiles, StoreUnreachable, StoreHeld, WrongPurpose].some((kind) => error instanceof kind);
  const text =
    error instanceof Error ? (known ? error.message : hideSecrets(error.stack ?? error.message)) : String(error);
  process.stderr.write(`Muster did not start: ${text}\n`);
}

/** Real milliseconds that a stop may take. Less than the 30 seconds after which orchestrators kill. */
const stopWithinMs = 25_000;

/**
 * The signal that asks it to stop; to be listened for before it serves, so that none is missed. A second one ends the
 * process at once, which loses nothing either: what is under way goes on elsewhere or at the next start.
 */
export function signalled(): Promise<string> {
  let asked = false;
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => {
        if (asked) process.exit(128 + constants.signals[name]);
        asked = true;
        resolve(name);
      });
    }
  });
}

/** Goes on until the signal comes, then drains. The exit code: 0 when all has ended, 1 when it had to be cut short. */
export async function stopOnSignal(
  serving: Pick<Serving, 'stop'>,
  signal: Promise<string>,
  log: MusterLog,
  withinMs = stopWithinMs,
): Promise<0 | 1> {
  log.info({ signal: await signal }, 'stopping: nothing more is taken, and what has begun is finished or handed over');
  const ended = new AbortController();
  const late = stopwatch.sleep(withinMs, ended.signal).then(
    () => true,
    () => false,
  );
  const isLate = await Promise.race([serving.stop().then(() => false), late]).finally(() => ended.abort());
  if (isLate)
    log.error({ seconds: withinMs / 1000 }, 'not all ended in time; it goes on elsewhere, or at the next start');
  else log.info({}, 'stopped');
  return isLate ? 1 : 0;
}
