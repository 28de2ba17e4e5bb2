import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemClock } from './system-clock.ts';

/** Knows whether this process works, or whether everybody in it waits. */
export interface WorkUnderWay {
  /** Counts as work until it has ended. */
  during: <T>(work: () => Promise<T>) => Promise<T>;
  /** Looks for a moment, and is true where nothing was under way in it. */
  isStill(): Promise<boolean>;
}

/** For how long nothing may be under way before it counts, and how soon work is looked at again; real milliseconds. */
const momentMs = 1;
/** What Node.js itself knows of: files, names and connections asked for, other programs, and what goes on at once. */
const underWay = /Req|ConnectWrap|ProcessWrap|Immediate/;

export function watchWork(): WorkUnderWay {
  let working = 0;
  let begun = 0;
  const isIdle = (before: number): boolean =>
    begun === before && !process.getActiveResourcesInfo().some((name) => underWay.test(name));
  return {
    during: async (work) => {
      working += 1;
      begun += 1;
      try {
        return await work();
      } finally {
        working -= 1;
      }
    },
    async isStill() {
      const before = begun;
      if (working > 0) {
        await systemClock.sleep(momentMs);
        return false;
      }
      // What is ready goes on within a turn of the event loop, and what comes of that within the next.
      for (const rest of [nextTurn, nextTurn, () => systemClock.sleep(momentMs), nextTurn]) {
        await rest();
        if (!isIdle(before)) return false;
      }
      return true;
    },
  };
}
