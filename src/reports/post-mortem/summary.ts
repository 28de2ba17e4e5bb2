import { sayList } from '../../broadcast/templates/say-list.ts';
import { sayDuration } from '../../broadcast/templates/say-time.ts';
import { audiences, sayAudience } from '../../domain/audience.ts';
import { incidentLabel } from '../../domain/incident.ts';
import { lateFirst } from './first-words.ts';
import { plain, section, table } from './markdown.ts';
import { countBroken, untoldTo } from './promises.ts';
import type { IncidentRecord } from './record.ts';
import { between, count, list, utc } from './say.ts';

export function writeHead({ incident, now, simulated, reviews }: IncidentRecord): string[] {
  const label = incidentLabel(incident);
  return [
    `# Post-mortem of ${label}: ${plain(incident.title)}`,
    '',
    ...(simulated ? ['**Rehearsed on a simulated cloud: nothing here was real.**', ''] : []),
    `Draft, written by Muster at ${utc(now)} UTC from what it has recorded. What is in *italics* is for people to fill in.`,
    '',
    ...reviewOf(reviews),
  ];
}

export function writeSummary(record: IncidentRecord): string[] {
  const { incident, home } = record;
  const facts = [
    ['System', plain(home.system.title)],
    ['Severity', plain(incident.severity)],
    ['Services', plain(incident.services.join(', '))],
    ['Scenario', plain(incident.scenario ?? 'none named')],
    ['Commander', plain(incident.commander)],
    ['Channel', `\\#${plain(incident.channelName)}`],
    ['State', incident.phase],
  ];
  return section(
    'Summary',
    table(['', ''], facts),
    [sentencesOf(record).join(' ')],
    ['*What happened, why, and who felt it, in two or three sentences that somebody outside the team understands.*'],
  );
}

function reviewOf(reviews: IncidentRecord['reviews']): string[] {
  const review = reviews.find((one) => one.kind === 'post-mortem');
  if (!review) return [];
  if (review.reviewedAt === null) return [`To be reviewed by ${utc(review.dueAt)} UTC.`, ''];
  return [`Reviewed by ${plain(review.reviewedBy ?? 'somebody')} at ${utc(review.reviewedAt)} UTC.`, ''];
}

/** Services of one sentence: the table above it has all of them. */
const mostNamed = 10;

function sentencesOf(record: IncidentRecord): string[] {
  const { incident } = record;
  const until = incident.resolvedAt;
  const many = incident.services.length > mostNamed;
  const services = plain(many ? sayList(incident.services, mostNamed) : list(incident.services));
  const lasted = until
    ? `from ${utc(incident.impactBeganAt)} to ${utc(until)} UTC (${between(incident.impactBeganAt, until)})`
    : `since ${utc(incident.impactBeganAt)} UTC, and not resolved`;
  return [
    `${services} ${incident.services.length === 1 ? 'was' : 'were'} affected ${lasted}.`,
    `${plain(incident.declaredBy)} declared it ${between(incident.impactBeganAt, incident.declaredAt)} after the impact began.`,
    ...runSentences(record),
    recoverySentence(record),
    promiseSentence(record),
  ];
}

function runSentences({ runs }: IncidentRecord): string[] {
  if (runs.length === 0) return ['No recovery command was run.'];
  return runs.map(({ run, plan }) => {
    const name =
      run.purpose === 'undo' ? `The undoing of ${plain(run.command)}` : `${plain(run.command)} (${plan.mode})`;
    if (!run.endedAt) return `${name} has not ended.`;
    const short = run.exceptions.length > 0 ? `, with ${count(run.exceptions.length, 'exception')}` : '';
    return `${name} ended as ${run.outcome} after ${between(run.startedAt, run.endedAt)}${short}.`;
  });
}

function recoverySentence({ recovery }: IncidentRecord): string {
  const { rtoMs, rtoObjectiveMs } = recovery;
  if (rtoMs === null) return 'That people are served again was not observed.';
  const of = rtoObjectiveMs === null ? '' : `, of ${sayDuration(rtoObjectiveMs)} allowed`;
  return `People were seen served ${sayDuration(rtoMs)} after the impact began${of}.`;
}

function promiseSentence(record: IncidentRecord): string {
  const kept = record.promises.filter((one) => one.state === 'kept').length;
  const broken = countBroken(record);
  const late = lateFirst(record).map(
    ({ audience, wanted, at }) => ` First words to ${sayAudience(audience)} came ${between(wanted, at)} late.`,
  );
  if (kept + broken === 0) return `No promise of words came to its time.${late.join('')}`;
  const untold = audiences.filter((audience) => untoldTo(record, audience).length > 0).map(sayAudience);
  const missed = untold.length === 0 ? '' : ` First words to ${list(untold)} were due and missed: none were said.`;
  return `Of ${count(kept + broken, 'promise')} of words ${kept} ${kept === 1 ? 'was' : 'were'} kept and ${broken} broken.${missed}${late.join('')}`;
}
