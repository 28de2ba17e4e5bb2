import { Cron } from 'croner';

/** When something recurs. */
export interface Times {
  /** The first instant after this one; null where there is none any more. */
  next(after: Date): Date | null;
}

const minuteMs = 60_000;
const yearMs = 365 * 86_400_000;
/** An expression's gaps are looked at this many times, or this far ahead. */
const gaps = 100;
const farMs = 8 * yearMs;

/**
 * Reads a cron expression of five fields in a time zone; an hour that is left out or comes twice when clocks are put
 * forward or back counts once. Gives a sentence where it is none.
 */
export function readTimes(expression: string, timezone: string): Times | string {
  const fields = expression.trim().split(/\s+/).filter(Boolean).length;
  if (fields !== 5)
    return `expected five fields (minute, hour, day, month, weekday) such as 0 6 * * *, found ${fields}`;
  try {
    const cron = new Cron(expression.trim(), { timezone, mode: '5-part', paused: true });
    return { next: (after) => nextOf(cron, after) };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return said
      .replace(/^CronPattern: /, '')
      .replace(' (NaN)', '')
      .replace(/^./, (first) => first.toLowerCase());
  }
}

/** The shortest time between two of its instants from here on, in milliseconds; Infinity where it does not recur. */
export function shortestGapMs(times: Times, from: Date): number {
  let before = times.next(from);
  let shortest = Infinity;
  for (let seen = 0; before && seen < gaps && before.getTime() < from.getTime() + farMs; seen += 1) {
    const next = times.next(before);
    if (next) shortest = Math.min(shortest, next.getTime() - before.getTime());
    before = next;
  }
  return shortest;
}

/** Where clocks are put forward, croner gives the hour after the gap twice. */
function nextOf(cron: Cron, after: Date): Date | null {
  let next = cron.nextRun(after);
  for (let step = 1; next && next <= after; step += 1) next = cron.nextRun(new Date(after.getTime() + step * minuteMs));
  return next;
}
