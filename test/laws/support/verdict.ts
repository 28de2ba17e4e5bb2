import { expect } from '@jest/globals';
import { type Evidence, readEvidence } from './evidence.ts';
import type { Life } from './life.ts';
import { type Said, saidIn, toldBy } from './people.ts';

/** Effects of one failover, each of which the cloud must have seen once. */
const effects = [
  'PromoteReadReplica rds:dr-database',
  'PutObject s3:acme-dr-switch-us-west-2/serve-from-us-west-2',
  'UpdateService ecs:dr-cluster/app-service',
  'UpdateService ecs:prod-cluster/app-service',
];
/** What goes before an effect, in the same step: said twice it is the same as once, and a death between the two may. */
const preparations = [
  'AddTagsToResource rds:dr-database',
  'RegisterScalableTarget ecs:dr-cluster/app-service',
  'RegisterScalableTarget ecs:prod-cluster/app-service',
];

/** Rows that the audit log has once, whatever happened. */
const decisions = {
  'incident.declared': 1,
  'consent.requested': 1,
  'consent.approved': 1,
  'consent.granted': 1,
  'run.started': 1,
  'effect.sent': 4,
  'effect.answered': 4,
  'effect.observed': 4,
  'step.settled': 8,
  'region.switched': 1,
  'run.ended': 1,
  'phase.changed': 2,
  'page.published': 1,
  'incident.resolved': 1,
};

/** The kinds of what is said once in a life; a plan is made again by whoever asks again. */
const saidOnce = ['announced', 'asked', 'consent', 'ended', 'header', 'public-draft', 'resolved', 'run', 'say'];

export interface Expected {
  /** Statuses that the public page has been through. */
  page: string[];
  /** How often the process was killed. */
  deaths: number;
}

/** Stops Muster and holds every far end's count, and its own books, against what one life must come to. */
export async function expectNothingDoubled(life: Life, channel: string, expected: Expected): Promise<void> {
  expectDeaths(life, expected.deaths);
  await life.bot.stop();
  const evidence = await readEvidence(life);
  expectBooks(evidence);
  expectEffects(life);
  expectWords(life, channel);
  expectPage(life, expected.page);
}

function expectDeaths({ log, bot }: Life, deaths: number): void {
  const ends = log.filter((line) => line.startsWith('The bot ended'));
  expect(ends.map((line) => /\((.*?)\)/.exec(line)?.[1])).toEqual(Array.from({ length: deaths }, () => 'SIGKILL'));
  expect(bot.state.restarts).toBe(deaths);
}

function expectBooks({ audit, outcomes, rows, left, unfinished }: Evidence): void {
  expect(outcomes).toEqual(['succeeded']);
  expect(audit).toMatchObject({ ok: true });
  expect(rows).toMatchObject(decisions);
  expect(left).toEqual([]);
  expect(unfinished).toEqual([]);
}

function expectEffects(life: Life): void {
  const { effects: seen, writersOverlapMs } = life.farEnds.world.world.audit();
  const named = seen.map(({ command, target }) => `${command} ${target}`);
  const main = named.filter((effect) => !preparations.includes(effect));
  expect(main.toSorted()).toEqual(effects);
  expect([...new Set(named.filter((effect) => preparations.includes(effect)))].toSorted()).toEqual(preparations);
  expect(writersOverlapMs).toBe(0);
}

function expectWords(life: Life, channel: string): void {
  const { channels, pings } = life.farEnds.slack.workspace;
  const said = [...channels.values()].flatMap(({ name }) => saidIn(life, name));
  const keys = said.map(({ key }) => key);
  expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
  const texts = said.map(({ text }) => text);
  expect(texts.toSorted()).toEqual([...new Set(texts)].toSorted());
  const kinds = said.map(kindOf).filter((kind) => kind !== 'plan');
  expect([...kinds].toSorted()).toEqual(saidOnce);
  const opened = [...channels.values()].filter(({ name }) => name.startsWith('inc-'));
  expect(opened.map(({ name }) => name)).toEqual([channel]);
  expect(opened.map(({ pins }) => pins.length)).toEqual([1]);
  expect(pings.filter(({ kind }) => kind !== 'person')).toEqual([]);
}

function kindOf({ key }: Said): string {
  return key.split(/[:_]/)[0] ?? key;
}

function expectPage(life: Life, statuses: string[]): void {
  const { incidents } = life.farEnds.statuspage.page;
  expect(incidents.map((one) => one.incident_updates.map(({ status }) => status).toReversed())).toEqual([statuses]);
}

/** Whatever fails says how Muster was and what it last said. */
export async function withTold(life: Life, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error) error.message += toldBy(life);
    throw error;
  } finally {
    await life.close();
  }
}
