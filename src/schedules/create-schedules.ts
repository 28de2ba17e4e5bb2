import { nextOfWaiting } from '../store/occurrences.ts';
import { begin, decline } from './decide.ts';
import type { SchedulesDeps } from './deps.ts';
import { adoptSchedules, lookAtAll, nextDue } from './look.ts';
import type { Schedules } from './schedules.ts';
import { startDue } from './start.ts';
import { viewOccurrence, viewSchedules } from './view.ts';
import { endMissed, remindOwners } from './waiting.ts';

/** Looks again and again, as it is told when something is next; each look is one call of `watch`. */
export type WatchLoop = (watch: () => Promise<Date | null>) => { start(): void; stop(): Promise<void> };

export function createSchedules(deps: SchedulesDeps, loop: WatchLoop): Schedules {
  const watching = loop(scheduleWatch(deps));
  return {
    start: () => watching.start(),
    stop: () => watching.stop(),
    list: () => viewSchedules(deps),
    occurrence: (id) => viewOccurrence(deps, id),
    begin: (ask, by) => begin(deps, ask, by),
    decline: (ask, by) => decline(deps, ask, by),
  };
}

/** Does what is due and says when something is next; the first look takes over the schedules of muster.yml. */
export function scheduleWatch(deps: SchedulesDeps): () => Promise<Date | null> {
  let adopted = false;
  return async () => {
    if (!adopted) await adoptSchedules(deps);
    adopted = true;
    await endMissed(deps);
    await lookAtAll(deps);
    await remindOwners(deps);
    await startDue(deps);
    const waiting = await deps.store.tx(nextOfWaiting);
    const times = [...nextDue(deps), waiting].flatMap((at) => at?.getTime() ?? []);
    return times.length === 0 ? null : new Date(Math.min(...times));
  };
}
