import { basename } from 'node:path';
import { readTrouble } from '../broadcast/delivery/backlog.ts';
import { type Fault, formatFault } from '../domain/errors.ts';
import type { Tx } from '../domain/ports/store.ts';
import { sayUtc } from '../domain/say-instant.ts';
import type { Part } from '../http/routes.ts';
import { readMissedSchedules, readTroubledGuards, readWaiting } from '../store/readings.ts';
import type { AwsHealth } from './aws-health.ts';
import { inTime } from './in-time.ts';
import type { Muster } from './open-muster.ts';

/** From this age on a word that has not gone out is old, in milliseconds. */
const oldMs = 120_000;

/** A part as it was found; `since` only where more is known of it than that it is so now. */
export type Finding = Omit<Part, 'since'> & { since?: Date };

export interface ReadinessSources {
  muster: Pick<Muster, 'store' | 'durable' | 'home'>;
  slack: () => { ok: boolean; why: string | null };
  aws: AwsHealth;
  templateFaults: readonly Fault[];
  now: () => Date;
}

/** What Muster leans on and how each is, also while the database is silent. */
export async function readReadiness(sources: ReadinessSources): Promise<Finding[]> {
  const { store, durable } = sources.muster;
  const slack = sources.slack();
  const [database, workers, trouble, behind] = await Promise.all([
    inTime(store.tx((tx) => tx.query('select 1')).then(() => null, sentenceOf)),
    inTime(durable.status().then(({ held }) => (held ? null : 'this process may no longer send effects'), sentenceOf)),
    inTime(readTrouble(store).catch(sentenceOf)),
    inTime(
      store
        .tx((tx) => readBehind(tx, sources.now(), new Set(Object.keys(sources.muster.home.schedules))))
        .catch(sentenceOf),
    ),
  ]);
  const waiting = new Map(typeof trouble === 'string' ? [] : trouble.map(({ name, why }) => [name, why]));
  const unread = typeof trouble === 'string' ? `which words wait is not known: ${trouble}` : null;
  const aws = sources.aws.trouble();
  return [
    found('database', true, database),
    found('workers', true, workers),
    found('slack', false, slack.ok ? (waiting.get('slack') ?? unread) : slack.why),
    ...(['statuspage', 'email', 'pager'] as const).map((far) => found(far, false, waiting.get(far) ?? unread)),
    found('aws', false, aws?.why ?? null, aws?.since),
    ...behindOf(behind),
    found('templates', false, sayFaults(sources.templateFaults)),
  ];
}

interface Behind {
  outbox: { why: string; since: Date } | null;
  guards: string | null;
  schedules: { why: string; since: Date } | null;
}

function behindOf(behind: Behind | string): Finding[] {
  if (typeof behind === 'string')
    return ['outbox', 'guards', 'schedules'].map((name) => found(name, false, `not known: ${behind}`));
  return [
    found('outbox', false, behind.outbox?.why ?? null, behind.outbox?.since),
    found('guards', false, behind.guards),
    found('schedules', false, behind.schedules?.why ?? null, behind.schedules?.since),
  ];
}

async function readBehind(tx: Tx, now: Date, schedules: ReadonlySet<string>): Promise<Behind> {
  const old = (await readWaiting(tx)).filter(({ oldest }) => now.getTime() - oldest.getTime() > oldMs);
  const guards = await readTroubledGuards(tx);
  const missed = (await readMissedSchedules(tx)).filter(({ schedule }) => schedules.has(schedule));
  const [first] = old.map(({ oldest }) => oldest).sort((one, other) => one.getTime() - other.getTime());
  const say = ({ to, oldest }: (typeof old)[number]): string =>
    `the oldest for ${to} has waited ${Math.floor((now.getTime() - oldest.getTime()) / 60_000)} minutes`;
  return {
    outbox: first === undefined ? null : { why: old.map(say).join(', '), since: first },
    schedules: sayMissed(missed),
    guards: guards.length === 0 ? null : guards.map(({ region, why }) => `on ${region}: ${why}`).join('; '),
  };
}

function sayMissed(missed: readonly { schedule: string; dueAt: Date; endedAt: Date }[]): Behind['schedules'] {
  const [first] = missed;
  if (!first) return null;
  const why = missed.map(({ schedule, dueAt }) => `${schedule} was missed, due at ${sayUtc(dueAt)}`).join(', ');
  return { why, since: first.endedAt };
}

function sayFaults([first, ...more]: readonly Fault[]): string | null {
  if (!first) return null;
  const others = more.length === 0 ? '' : ` (and ${more.length} more: \`muster check\`)`;
  return `a template is broken and the shipped one stands in: ${formatFault({ ...first, file: basename(first.file) })}${others}`;
}

function found(name: string, vital: boolean, why: string | null, since?: Date): Finding {
  return { name, vital, ok: why === null, ...(why === null ? {} : { why }), ...(since === undefined ? {} : { since }) };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
