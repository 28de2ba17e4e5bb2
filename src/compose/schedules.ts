import { createWatchLoop } from '../broadcast/due/loop.ts';
import { post } from '../broadcast/post.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { Home } from '../domain/home.ts';
import { isIncident, isOpen } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { Incidents } from '../incidents/incidents.ts';
import { readMembership, rolesIn } from '../incidents/members.ts';
import type { Recovery } from '../recovery/recovery.ts';
import { createSchedules } from '../schedules/create-schedules.ts';
import type { SchedulesDeps, ScheduleWordsDeps } from '../schedules/deps.ts';
import type { Schedules } from '../schedules/schedules.ts';

/** Real milliseconds: what another process decided is looked at no later. */
const longestMs = 5_000;
const idleMs = 500;

export function scheduleWords(of: Omit<ScheduleWordsDeps, 'post' | 'real'>): ScheduleWordsDeps {
  const real = systemClock;
  return { ...of, real, post: (tx: Tx, words) => post({ real }, tx, words) };
}

/** Schedules over the use-cases that people have, for whoever starts their loop. */
export function openSchedules(
  of: ScheduleWordsDeps & Pick<SchedulesDeps, 'store' | 'groups' | 'onError'> & { home: Home },
  {
    incidents,
    recovery,
  }: { incidents: Pick<Incidents, 'openRecord' | 'open'>; recovery: Pick<Recovery, 'plan' | 'request'> },
): Schedules {
  const { home, groups, clock, real, onError } = of;
  const deps: SchedulesDeps = {
    ...of,
    rolesOf: async (by) => rolesIn(await readMembership(home, groups), by),
    recovery: {
      underway: async () => (await incidents.open()).filter((one) => isIncident(one) && isOpen(one)),
      openRecord: (ask, by) => incidents.openRecord(ask, by),
      plan: (ask, by) => recovery.plan(ask, by),
      request: (ask, by) => recovery.request(ask, by),
    },
  };
  return createSchedules(deps, (watch) =>
    createWatchLoop({ clock, real, watches: [watch], longestMs, idleMs, onError }),
  );
}
