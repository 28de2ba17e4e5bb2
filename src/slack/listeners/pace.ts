import type { Clock } from '../../domain/ports/clock.ts';

/**
 * Lets work begin one piece in each turn of the event loop: when many people type at once, all of them are acknowledged
 * before the answers take the program's time.
 */
export function createPace(real: Pick<Clock, 'sleep'>): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(() => real.sleep(0));
    return last;
  };
}
