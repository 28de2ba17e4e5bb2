import type { LeapingClock } from '../clock/leaping-clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { Subscriber } from '../store/open.ts';

/** For whoever stands in for people while time leaps: when there may be something to look at. */
export interface News {
  /** To be told of every fact. */
  heard: Subscriber;
  /** Resolves when something was told since the last time and nobody works on anything, before time leaps on. */
  next(): Promise<void>;
}

/** A look for which nothing was told, and one at somebody's long work, in real milliseconds. */
const lookMs = 200;

export function createNews(clock: Pick<LeapingClock, 'still'>): News {
  let isNews = true;
  let tell = (): void => {};
  return {
    async heard(tx) {
      tx.afterCommit(() => {
        isNews = true;
        tell();
      });
    },
    async next() {
      const told = new AbortController();
      tell = () => told.abort();
      if (!isNews) await systemClock.sleep(lookMs, told.signal).catch(() => undefined);
      isNews = false;
      await clock.still(lookMs);
    },
  };
}
