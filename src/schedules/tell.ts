import type { Home, Schedule } from '../domain/home.ts';
import { muster, slackOf } from '../domain/identity.ts';
import type { JsonObject } from '../domain/json.ts';
import type { ScheduleTold } from '../domain/notice.ts';
import type { Person } from '../domain/person.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { Occurrence } from '../domain/schedule.ts';
import { appendAudit } from '../store/audit.ts';
import { touchLive } from '../store/live-messages.ts';
import type { ScheduleWordsDeps } from './deps.ts';

/** Where people are told of what is scheduled. */
function channelOf({ channels }: Home): string {
  return channels.routines ?? channels.incidents;
}

/** Asks people to begin it, or to say why not; the message is kept current. */
export async function postCard(deps: ScheduleWordsDeps, tx: Tx, { id }: Pick<Occurrence, 'id'>): Promise<void> {
  const notice = { kind: 'schedule', occurrenceId: id } as const;
  await deps.post(tx, { place: { in: 'channel', name: channelOf(deps.home) }, notice });
}

export function touchCard(deps: Pick<ScheduleWordsDeps, 'real'>, tx: Tx, { id }: Pick<Occurrence, 'id'>): void {
  touchLive(tx, `schedule:${id}`, deps.real.now());
}

/** Tells the owner what has become of it: below everybody's eyes, and directly where they are one person. */
export async function tellOwner(
  deps: ScheduleWordsDeps,
  tx: Tx,
  of: { occurrence: Pick<Occurrence, 'id'>; schedule: Pick<Schedule, 'owner'>; what: ScheduleTold; earlier?: number },
): Promise<void> {
  const { occurrence, schedule, what, earlier = 0 } = of;
  const notice = { kind: 'schedule-told', occurrenceId: occurrence.id, what, earlier } as const;
  const key = `schedule-told:${what}:${occurrence.id}`;
  const place = { in: 'channel', name: channelOf(deps.home) } as const;
  await deps.post(tx, { place, notice: { ...notice, mention: true }, key });
  const slack = slackOf(deps.home, schedule.owner);
  if (slack !== null) await tellDirectly(deps, tx, { occurrence, what, earlier, to: [slack] });
}

/** Tells each of these Slack members by a direct message. */
export async function tellDirectly(
  deps: ScheduleWordsDeps,
  tx: Tx,
  of: { occurrence: Pick<Occurrence, 'id'>; what: ScheduleTold; earlier?: number; to: readonly string[] },
): Promise<void> {
  const { occurrence, what, earlier = 0, to } = of;
  const notice = { kind: 'schedule-told', occurrenceId: occurrence.id, what, earlier, mention: false } as const;
  for (const slack of to) {
    const key = `schedule-told:${what}:${occurrence.id}:${slack}`;
    await deps.post(tx, { place: { in: 'direct', slack }, notice, key });
  }
}

export async function record(
  deps: Pick<ScheduleWordsDeps, 'clock'>,
  tx: Tx,
  of: { what: string; occurrence: Occurrence; by?: Person; detail?: JsonObject },
): Promise<void> {
  const { what, occurrence, by = muster, detail = {} } = of;
  await appendAudit(tx, {
    at: deps.clock.now(),
    who: by.name,
    door: by.door,
    what,
    incidentId: occurrence.incidentId,
    runId: occurrence.runId,
    detail: { schedule: occurrence.schedule, dueAt: occurrence.dueAt.toISOString(), ...detail },
  });
}
