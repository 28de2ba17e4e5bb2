import { slackOf } from '../domain/identity.ts';
import { crashAround } from '../domain/ports/crash.ts';
import type { Occurrence } from '../domain/schedule.ts';
import { dueReminders, takeMissed, takeReminders } from '../store/occurrences.ts';
import type { SchedulesDeps } from './deps.ts';
import { record, tellDirectly, tellOwner, touchCard } from './tell.ts';

/** Real milliseconds after which what a silent process has claimed is taken from it. */
export const claimMs = 10_000;

/** Reminds the owners of what nobody has begun half way through its time; in the channel those who cannot be reached. */
export async function remindOwners(deps: SchedulesDeps): Promise<void> {
  const now = deps.clock.now();
  const names = await deps.store.tx((tx) => dueReminders(tx, now));
  for (const name of names) {
    const schedule = deps.home.schedules[name];
    const to = (schedule && (await membersOf(deps, schedule.owner))) ?? [];
    await deps.store.tx(async (tx) => {
      for (const occurrence of await takeReminders(tx, name, now)) {
        if (to.length > 0) await tellDirectly(deps, tx, { occurrence, what: 'reminder', to });
        else if (schedule) await tellOwner(deps, tx, { occurrence, schedule, what: 'reminder' });
      }
    });
  }
}

/** What was not begun in its time is missed: its owner and the channel are told. */
export async function endMissed(deps: SchedulesDeps): Promise<void> {
  const staleBefore = new Date(deps.real.now().getTime() - claimMs);
  await deps.store.tx(async (tx) => {
    for (const occurrence of await takeMissed(tx, deps.clock.now(), staleBefore)) {
      touchCard(deps, tx, occurrence);
      const schedule = deps.home.schedules[occurrence.schedule];
      if (schedule) await tellOwner(deps, tx, { occurrence, schedule, what: 'missed' });
      await record(deps, tx, { what: 'schedule.missed', occurrence, detail: { why: occurrence.why } });
      crashAround(tx, deps.crash, 'schedule.missed', occurrence.schedule);
    }
  });
}

/** Whether this person owns the schedule, alone or in a group; null where the group cannot be read. */
export async function isOwner(
  deps: SchedulesDeps,
  { schedule }: Pick<Occurrence, 'schedule'>,
  by: { name: string; slack: string | null },
): Promise<boolean | null> {
  const owner = deps.home.schedules[schedule]?.owner;
  if (owner === undefined) return false;
  if (owner === by.name) return true;
  if (by.slack === null) return false;
  return (await membersOf(deps, owner))?.includes(by.slack) ?? null;
}

/** Null where a group cannot be read. */
async function membersOf(deps: SchedulesDeps, owner: string): Promise<string[] | null> {
  if (owner.startsWith('group:')) {
    return deps.groups(owner.slice('group:'.length)).catch((error: unknown): null => {
      deps.onError(error);
      return null;
    });
  }
  const slack = slackOf(deps.home, owner);
  return slack === null ? [] : [slack];
}
