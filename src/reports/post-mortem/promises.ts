import { type Audience, audiences, longestPastPromiseMs } from '../../domain/audience.ts';
import type { Promised } from '../../store/record.ts';
import { bullets, plain, section, table } from './markdown.ts';
import type { IncidentRecord } from './record.ts';
import { count, minute, utc } from './say.ts';

const ends = { kept: 'kept', broken: '**broken**', released: 'fell away', open: 'still open' } as const;

/** What each audience was told, what it was promised, and what became of that. */
export function writePromises(record: IncidentRecord): string[] {
  const { said, promises } = record;
  const told = audiences.filter(
    (audience) => said.some((one) => one.audience === audience) || promises.some((one) => one.audience === audience),
  );
  const counts = told.map((audience) => {
    const own = said.filter((one) => one.audience === audience && one.state !== 'superseded');
    const by = (origin: string) => own.filter((one) => one.origin === origin).length;
    const went = (state: string) => promises.filter((one) => one.audience === audience && one.state === state).length;
    const lost = own.filter((one) => one.state === 'refused' || one.state === 'partly').length;
    return [
      audience,
      `${own.length}`,
      `${by('person')}`,
      `${by('automatic') + by('holding')}`,
      `${lost}`,
      `${went('kept')}`,
      `${went('broken')}`,
    ];
  });
  if (counts.length === 0)
    return section('Words and promises', ['Nobody was told anything, and nothing was promised.']);
  const head = [
    'Audience',
    'Messages',
    'By people',
    'By themselves',
    'Not all arrived',
    'Promises kept',
    'Promises broken',
  ];
  return section('Words and promises', table(head, counts), eachPromise(record), lost(record));
}

export function countBroken({ promises }: IncidentRecord): number {
  return promises.filter((one) => one.state === 'broken').length;
}

/** First words that were owed since the declaration, and were not said while anything was due. */
export function untoldTo({ said, promises, incident }: IncidentRecord, audience: Audience): Promised[] {
  const { declaredAt } = incident;
  if (said.some((one) => one.audience === audience && one.saidAt <= declaredAt)) return [];
  const owed = promises.filter((one) => one.audience === audience && one.state === 'broken');
  return owed.filter((one) => one.madeAt.getTime() === declaredAt.getTime());
}

function eachPromise(record: IncidentRecord): string[] {
  const { promises, incident } = record;
  const untold = audiences.flatMap((audience) => untoldTo(record, audience));
  const day = incident.declaredAt;
  const rows = promises.map((one) => {
    const kept = one.state === 'kept' && one.endedAt !== null;
    const when = kept && one.endedAt ? `words arrived ${utc(one.endedAt)}` : '';
    const by = minute(one.promisedAt, day);
    const never = untold.includes(one);
    const how = never ? 'first words were due, and none were said' : isCutOff(one, incident) ? cutOff : when;
    return [one.audience, by, never ? '' : utc(one.madeAt), ends[one.state], how];
  });
  return table(['Promised to', 'Words by (UTC)', 'Said at (UTC)', 'Came to', 'How'], rows);
}

const cutOff = 'closed before any were said';

/** Broken by closing the incident, before its time. */
function isCutOff({ state, endedAt, promisedAt }: Promised, { closedAt }: IncidentRecord['incident']): boolean {
  if (state !== 'broken' || closedAt === null || endedAt === null) return false;
  return endedAt >= closedAt && endedAt.getTime() < promisedAt.getTime() + longestPastPromiseMs;
}

function lost({ said, incident }: IncidentRecord): string[] {
  const items = said
    .filter((one) => one.note !== null && one.state !== 'superseded')
    .map((one) => `${minute(one.saidAt, incident.declaredAt)} UTC, to ${one.audience}: ${plain(one.note ?? '')}`);
  return items.length === 0
    ? []
    : [`${count(items.length, 'message')} did not arrive everywhere:`, '', ...bullets(items)];
}
