import { Refusal } from '../domain/errors.ts';
import type { Home, Schedule } from '../domain/home.ts';
import { may, type Person } from '../domain/person.ts';
import { sayUtc } from '../domain/say-instant.ts';
import { inputsOf, type Occurrence } from '../domain/schedule.ts';
import { declineOccurrence, lockOccurrence, readOccurrence } from '../store/occurrences.ts';
import type { SchedulesDeps } from './deps.ts';
import type { Begun } from './schedules.ts';
import { requestKeyOf } from './start.ts';
import { record, touchCard } from './tell.ts';
import { isOwner } from './waiting.ts';

/** A person begins it: the same record for whoever asks, and consent as for any other run. */
export async function begin(deps: SchedulesDeps, ask: { occurrenceId: string }, by: Person): Promise<Begun> {
  const occurrence = await deps.store.tx((tx) => readOccurrence(tx, ask.occurrenceId));
  const { schedule } = undecided(deps.home, occurrence);
  const { command } = schedule;
  const inputs = inputsOf(schedule);
  const opened = await deps.recovery.openRecord(
    { command, inputs, requestKey: requestKeyOf({ id: ask.occurrenceId }) },
    by,
  );
  deps.crash('schedule.begun', ask.occurrenceId);
  return { incidentId: opened.id, command, inputs };
}

/** Not this time: the next one comes all the same. */
export async function decline(
  deps: SchedulesDeps,
  ask: { occurrenceId: string; reason: string },
  by: Person,
): Promise<string> {
  const why = ask.reason.replace(/\s+/g, ' ').trim();
  if (why === '') throw new Refusal('Say in a few words why it is not run this time.', 'reason');
  const found = undecided(deps.home, await deps.store.tx((tx) => readOccurrence(tx, ask.occurrenceId)));
  await refuseOutsider(deps, found.occurrence, by);
  return deps.store.tx(async (tx) => {
    const { occurrence } = undecided(deps.home, await lockOccurrence(tx, ask.occurrenceId));
    await declineOccurrence(tx, occurrence.id, { by: by.name, why, at: deps.clock.now() });
    touchCard(deps, tx, occurrence);
    await record(deps, tx, { what: 'schedule.declined', occurrence, by, detail: { why } });
    return `${occurrence.schedule} of ${sayUtc(occurrence.dueAt)} is not run this time. Its next time comes all the same.`;
  });
}

async function refuseOutsider(deps: SchedulesDeps, occurrence: Occurrence, by: Person): Promise<void> {
  const owns = await isOwner(deps, occurrence, by);
  if (owns === true || may(await deps.rolesOf(by), 'run')) return;
  const owner = deps.home.schedules[occurrence.schedule]?.owner ?? 'nobody';
  if (owns === null)
    throw new Refusal(
      `Slack did not say who is in ${owner}, which owns ${occurrence.schedule}, so nobody knows whether you may decide ` +
        'that it is not run this time: try again, or ask a commander. Nothing has been done.',
    );
  throw new Refusal(
    `Only its owner (${owner}) or a commander may decide that ${occurrence.schedule} is not run this time.`,
  );
}

/** While its time can be begun; else one sentence that says what has become of it. */
function undecided(home: Home, occurrence: Occurrence | null): { occurrence: Occurrence; schedule: Schedule } {
  const schedule = occurrence && home.schedules[occurrence.schedule];
  if (!occurrence || !schedule)
    throw new Refusal('This schedule is not in muster.yml any more. Nothing has been done.');
  if (occurrence.state === 'asked') return { occurrence, schedule };
  throw new Refusal(
    `${occurrence.schedule} of ${sayUtc(occurrence.dueAt)} ${become(occurrence)} Nothing more has been done.`,
  );
}

function become(occurrence: Occurrence): string {
  const { state, endedBy, why, runId, outcome, until } = occurrence;
  switch (state) {
    case 'started':
      return `was started before, as ${runId}.`;
    case 'done':
      return `was run before, as ${runId}: ${outcome}.`;
    case 'declined':
      return `was declined before by ${endedBy}: ${why}.`;
    case 'missed':
      return `was missed: its time ended at ${sayUtc(until)}. Run its command by its name instead.`;
    case 'asked':
    case 'due':
      return 'is about to start by itself.';
  }
}
