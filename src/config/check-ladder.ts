import { durationMs } from '../domain/duration.ts';
import type { Check } from './check.ts';

/** A ladder is climbed in order: each rung later than the one before it. */
export const fallingLadders: Check = (home, places) =>
  Object.entries(home.severities).flatMap(([name, { escalate }]) =>
    escalate.flatMap((wait, index) => {
      const before = escalate[index - 1];
      if (before === undefined || durationMs(wait) > durationMs(before)) return [];
      const message = `${wait} is not after ${before}: each rung of escalate is later than the one before it`;
      return [places.fault(['severities', name, 'escalate', index], message)];
    }),
  );
