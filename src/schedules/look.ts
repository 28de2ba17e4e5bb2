import type { Schedule } from '../domain/home.ts';
import { crashAround } from '../domain/ports/crash.ts';
import type { Tx } from '../domain/ports/store.ts';
import { occurrenceId, timesOf, withinMs } from '../domain/schedule.ts';
import { insertOccurrence, readOccurrence } from '../store/occurrences.ts';
import { adoptSchedule, dropSchedules, holdSchedule, lookedAt, recordLooked } from '../store/schedules.ts';
import type { SchedulesDeps } from './deps.ts';
import { sortOut } from './occurrences.ts';
import { postCard, record, tellOwner, touchCard } from './tell.ts';

/** The schedules of muster.yml are looked at from now on; what waits of one that it has no longer is ended. */
export async function adoptSchedules(deps: SchedulesDeps): Promise<void> {
  const { home, store, clock } = deps;
  const now = clock.now();
  await store.tx(async (tx) => {
    for (const [name, schedule] of Object.entries(home.schedules))
      await adoptSchedule(tx, name, expressionOf(deps, schedule), now);
    const dropped = await dropSchedules(tx, Object.keys(home.schedules), now, 'it is not in muster.yml any more');
    for (const occurrence of dropped) {
      touchCard(deps, tx, occurrence);
      await record(deps, tx, { what: 'schedule.declined', occurrence, detail: { why: occurrence.why } });
    }
  });
}

/** Writes down what has come due since the last look. */
export async function lookAtAll(deps: SchedulesDeps): Promise<void> {
  for (const [name, schedule] of Object.entries(deps.home.schedules)) await look(deps, name, schedule);
}

/** When the next one of each schedule is due; null for one that has none. */
export function nextDue({ home, clock }: SchedulesDeps): (Date | null)[] {
  const now = clock.now();
  return Object.values(home.schedules).map((schedule) => timesOf(home, schedule).next(now));
}

async function look(deps: SchedulesDeps, name: string, schedule: Schedule): Promise<void> {
  const now = deps.clock.now();
  const expression = expressionOf(deps, schedule);
  const times = timesOf(deps.home, schedule);
  const isDue = (since: Date | null): since is Date => {
    const next = since && times.next(since);
    return next !== null && next <= now;
  };
  await deps.store.tx(async (tx) => {
    if (!isDue(await lookedAt(tx, name, expression))) return;
    const since = await holdSchedule(tx, name, expression);
    if (!isDue(since)) return;
    const within = withinMs(deps.home, schedule, now);
    const { waiting, missed } = sortOut(times, { since, now, withinMs: within });
    await recordLooked(tx, name, now);
    await writeMissed(deps, tx, { name, schedule, missed, within, now });
    if (waiting) await writeWaiting(deps, tx, { name, schedule, dueAt: waiting, within });
  });
}

/** One message for all of them. */
async function writeMissed(
  deps: SchedulesDeps,
  tx: Tx,
  of: { name: string; schedule: Schedule; missed: readonly Date[]; within: number; now: Date },
): Promise<void> {
  const { name, schedule, missed, within, now } = of;
  const newest = missed.at(-1);
  if (newest === undefined) return;
  const why = 'Muster did not run at its time';
  for (const dueAt of missed) {
    const until = new Date(dueAt.getTime() + within);
    const ended = { remindAt: null, why, endedAt: now, state: 'missed' } as const;
    await insertOccurrence(tx, { id: occurrenceId(name, dueAt), schedule: name, dueAt, until, ...ended });
  }
  const occurrence = await readOccurrence(tx, occurrenceId(name, newest));
  if (!occurrence) return;
  const earlier = missed.length - 1;
  await tellOwner(deps, tx, { occurrence, schedule, what: 'missed', earlier });
  await record(deps, tx, { what: 'schedule.missed', occurrence, detail: { why, earlier } });
  crashAround(tx, deps.crash, 'schedule.missed', name);
}

async function writeWaiting(
  deps: SchedulesDeps,
  tx: Tx,
  of: { name: string; schedule: Schedule; dueAt: Date; within: number },
): Promise<void> {
  const { name, schedule, dueAt, within } = of;
  const asked = schedule.start === 'asked';
  const id = occurrenceId(name, dueAt);
  const isNew = await insertOccurrence(tx, {
    id,
    schedule: name,
    dueAt,
    until: new Date(dueAt.getTime() + within),
    state: asked ? 'asked' : 'due',
    remindAt: asked ? new Date(dueAt.getTime() + within / 2) : null,
    why: null,
    endedAt: null,
  });
  const occurrence = isNew ? await readOccurrence(tx, id) : null;
  if (!occurrence) return;
  if (asked) await postCard(deps, tx, occurrence);
  await record(deps, tx, { what: 'schedule.due', occurrence, detail: { start: schedule.start } });
  crashAround(tx, deps.crash, 'schedule.due', name);
}

function expressionOf({ home }: SchedulesDeps, { at }: Schedule): string {
  return `${at} ${home.timezone}`;
}
