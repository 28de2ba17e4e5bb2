import { FaultyFiles, Refusal } from '../domain/errors.ts';
import { StoreHeld, StoreUnreachable, WrongPurpose } from '../store/failures.ts';
import type { MusterLog } from './log.ts';
import type { Serving } from './serve.ts';

/** Ends the start with the sentence that says why; a stack is for what nobody expected. */
export function sayWhyNot(error: unknown): void {
  const known = [Refusal, FaultyFiles, StoreUnreachable, StoreHeld, WrongPurpose].some((kind) => error instanceof kind);
  const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`Muster did not start: ${text}\n`);
}

/** The signal that asks it to stop; to be listened for before it serves, so that none is missed. */
export function signalled(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT']) process.once(name, () => resolve(name));
  });
}

/** Goes on until the signal comes, then drains. */
export async function stopOnSignal(serving: Serving, signal: Promise<string>, log: MusterLog): Promise<void> {
  log.info({ signal: await signal }, 'stopping');
  await serving.stop();
}
