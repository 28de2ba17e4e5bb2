import type { Times } from '../domain/cron.ts';

/** What came due since the last look: at most one that may begin still, and those whose time is over. */
export interface SortedOut {
  waiting: Date | null;
  /** The oldest first. */
  missed: Date[];
}

/** Of one absence, what is written down at most. */
const most = 1_000;

/** After `since` and up to `now`. Only the newest may begin; one absence never makes a burst. */
export function sortOut(times: Times, of: { since: Date; now: Date; withinMs: number }): SortedOut {
  const { since, now, withinMs } = of;
  const due: Date[] = [];
  for (let at = times.next(since); at !== null && at <= now; at = times.next(at)) {
    due.push(at);
    if (due.length > most) due.shift();
  }
  const newest = due.at(-1);
  if (newest === undefined) return { waiting: null, missed: [] };
  return newest.getTime() + withinMs > now.getTime()
    ? { waiting: newest, missed: due.slice(0, -1) }
    : { waiting: null, missed: due };
}
