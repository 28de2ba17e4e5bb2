import type { Clock } from '../domain/ports/clock.ts';
import type { RealTime } from './types.ts';

/** Workflows that were started and wait to be noticed: to a clock that leaps over idleness, they are work. */
export interface Beginnings {
  expect(id: string): void;
  begun(id: string): void;
}

/** What another process begins, or one that stops never does, keeps no clock for longer; real milliseconds. */
const patienceMs = 5_000;

export function createBeginnings({ during }: Pick<Clock, 'during'>, stopwatch: RealTime): Beginnings {
  const expected = new Map<string, AbortController>();
  return {
    expect(id) {
      if (!during) return;
      const begun = new AbortController();
      expected.set(id, begun);
      void during(() => stopwatch.sleep(patienceMs, begun.signal).catch(() => undefined)).then(() =>
        expected.delete(id),
      );
    },
    begun: (id) => expected.get(id)?.abort(),
  };
}
