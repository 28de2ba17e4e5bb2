import { sayDuration } from '../../broadcast/templates/say-time.ts';
import { type Audience, audiences, isInTime, sayAudience } from '../../domain/audience.ts';
import type { Recovery } from '../../domain/incident.ts';
import { wholeSecondsBetween } from '../../domain/say-instant.ts';
import { firstArrival, firstWanted } from './first-words.ts';
import { plain, section, table } from './markdown.ts';
import { untoldTo } from './promises.ts';
import type { IncidentRecord } from './record.ts';
import { between, local, minute, utc } from './say.ts';

interface Moment {
  what: string;
  at: Date;
  /** How it went against what was set for it; absent where nothing was. */
  against?: string;
}

/** When things happened, from the beginning of the impact, against what was set for them. */
export function writeTimes(record: IncidentRecord): string[] {
  const { incident, home } = record;
  const { timezone } = home;
  const own = timezone === 'UTC' ? [] : [timezone];
  const rows = momentsOf(record).map(({ what, at, against }) => [
    what,
    utc(at),
    ...own.map((zone) => local(at, zone)),
    between(incident.impactBeganAt, at),
    at > incident.declaredAt ? between(incident.declaredAt, at) : '',
    against ?? '',
  ]);
  return section(
    'Times',
    table(['What', 'UTC', ...own, 'Since the impact', 'Since declared', 'Against'], rows),
    ['*When was it noticed, by whom and by what? Muster knows only when it was declared.*'],
    notYet(record),
  );
}

export function writeRecovery({ recovery, incident, runs }: IncidentRecord): string[] {
  const rows = [
    ['RTO: until people were seen served', ...measured(recovery.rtoMs, recovery.rtoObjectiveMs), recovery.rtoExplain],
    ['RPO: writes lost, as time', ...measured(recovery.rpoMs, recovery.rpoObjectiveMs), recovery.rpoExplain],
  ].map(([what = '', found = '', wanted = '', met = '', how = '']) => [what, found, wanted, met, plain(how)]);
  const stands = incident.resolvedAt === null ? ['It is not resolved: this is as it would be measured now.'] : [];
  return section(
    'Recovery against its objectives',
    table(['', 'Measured', 'Objective', 'Met', 'How it was measured'], rows),
    stands,
    givenUp(runs),
  );
}

/** The writes that people gave up when they approved a run, in the words that they read then. */
function givenUp(runs: IncidentRecord['runs']): string[] {
  const found = runs.flatMap(({ run, plan }) =>
    plan.steps.flatMap(({ dataAtRisk }) => (dataAtRisk === null ? [] : [`${run.command}: ${dataAtRisk.explain}`])),
  );
  return [...new Set(found)].map((risk) => `- Data at risk, as it was approved for ${plain(risk)}`);
}

/** `yes`, `no`; what was not observed is never yes. */
export function metOf(recovery: Recovery, what: 'rto' | 'rpo'): 'yes' | 'no' | 'not observed' | null {
  const [ms, objective] =
    what === 'rto' ? [recovery.rtoMs, recovery.rtoObjectiveMs] : [recovery.rpoMs, recovery.rpoObjectiveMs];
  if (objective === null) return null;
  if (ms === null) return 'not observed';
  return ms <= objective ? 'yes' : 'no';
}

function measured(ms: number | null, objectiveMs: number | null): [string, string, string] {
  const found = ms === null ? 'not observed' : sayDuration(ms);
  if (objectiveMs === null) return [found, 'none set', ''];
  return [found, sayDuration(objectiveMs), ms === null ? '**not shown**' : ms <= objectiveMs ? 'yes' : '**no**'];
}

function momentsOf(record: IncidentRecord): Moment[] {
  const { incident, escalation } = record;
  const { acknowledgedAt, acknowledgedBy } = escalation ?? {};
  return [
    { what: 'Impact began', at: incident.impactBeganAt },
    { what: `Declared by ${plain(incident.declaredBy)}`, at: incident.declaredAt },
    ...(acknowledgedAt ? [{ what: `Acknowledged by ${plain(acknowledgedBy ?? '')}`, at: acknowledgedAt }] : []),
    ...audiences.flatMap((audience) => firstWords(record, audience)),
    ...record.runs.flatMap(({ run }) => {
      const name = run.purpose === 'undo' ? `Undoing ${plain(run.command)}` : plain(run.command);
      const ended = run.endedAt ? [{ what: `${name} ended: ${run.outcome}`, at: run.endedAt }] : [];
      return [{ what: `${name} started`, at: run.startedAt }, ...ended];
    }),
    ...served(record),
    ...(incident.resolvedAt ? [{ what: 'Resolved', at: incident.resolvedAt }] : []),
    ...(incident.closedAt ? [{ what: 'Closed', at: incident.closedAt }] : []),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function served({ incident, recovery }: IncidentRecord): Moment[] {
  if (recovery.rtoMs === null) return [];
  const from = incident.impactBeganAt;
  const moment = { what: '**People were seen served**', at: new Date(from.getTime() + recovery.rtoMs) };
  const { rtoObjectiveMs: ms } = recovery;
  if (ms === null) return [moment];
  return [{ ...moment, against: judge(`RTO ${sayDuration(ms)}`, wholeSecondsBetween(from, moment.at) <= ms) }];
}

/** The first that arrived, or that never did; to customers and the public they have a time of their own. */
function firstWords(record: IncidentRecord, audience: Audience): Moment[] {
  const { declaredAt } = record.incident;
  const at = firstArrival(record, audience);
  const what = `First words to ${sayAudience(audience)}`;
  const untold = untoldTo(record, audience).map(({ promisedAt }) => {
    const by = `first words by ${minute(promisedAt, declaredAt)} UTC`;
    return { what: `${what} were due, and none were said`, at: promisedAt, against: judge(by, false) };
  });
  if (at === null) return untold;
  const moment = { what: `${what} arrived`, at };
  const wanted = firstWanted(record, audience);
  if (untold.length > 0 || wanted === null) return [...untold, moment];
  const promised = `first words by ${minute(wanted, declaredAt)} UTC, that minute included`;
  return [{ ...moment, against: judge(promised, isInTime(at, wanted)) }];
}

function judge(wanted: string, met: boolean): string {
  return `${wanted}: ${met ? 'met' : '**missed**'}`;
}

function notYet({ incident, escalation, recovery }: IncidentRecord): string[] {
  return [
    ...(escalation && escalation.acknowledgedAt === null ? ['Nobody has acknowledged it.'] : []),
    ...(recovery.rtoMs === null ? [`Nobody was seen served: ${plain(recovery.rtoExplain)}.`] : []),
    ...(incident.resolvedAt === null ? ['It is not resolved yet.'] : []),
  ].map((sentence) => `- ${sentence}`);
}
