import { expect } from 'expect';
import type { Evidence } from './evidence.ts';
import type { Life } from './life.ts';
import { type Said, saidAnywhere } from './people.ts';

/** What no failover may send twice. Each service is scaled once at most: its scaler may have come there by itself. */
const once = ['PromoteReadReplica rds:dr-database', 'PutObject s3:acme-dr-switch-us-west-2/serve-from-us-west-2'];
const onceAtMost = ['UpdateService ecs:dr-cluster/app-service', 'UpdateService ecs:prod-cluster/app-service'];
/** What goes before an effect in the same step; a death between the two repeats it, and twice is the same as once. */
const preparations = [
  'AddTagsToResource rds:dr-database',
  'RegisterScalableTarget ecs:dr-cluster/app-service',
  'RegisterScalableTarget ecs:prod-cluster/app-service',
];

/** How many rows of each kind the audit log has, however often the process died. A plan is made by whoever asks again. */
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

/** The kinds of what is said once in a life; the others are said as often as time goes by, each under a key of its own. */
const saidOnce = ['announced', 'asked:', 'consent', 'ended', 'header', 'public-draft', 'review', 'run'];

/** Its processes ended as often as they were to, and by nothing but the kill. */
export function expectDeaths({ log, deaths }: Life): void {
  expectEnds(
    log,
    Array.from({ length: deaths }, () => 'SIGKILL'),
  );
}

/** How each process ended that did, in order of time. */
export function expectEnds(log: readonly string[], expected: readonly string[]): void {
  const ends = log.filter((line) => line.startsWith('The bot ended')).map((line) => /\((.*?)\)/.exec(line)?.[1]);
  expect(ends).toEqual(expected);
}

/** Every far end's count, and Muster's own books, against what one life must come to. */
export function expectNothingDoubled(life: Life, evidence: Evidence): void {
  expectBooks(evidence);
  expectEffects(life);
  expectWords(life);
  const { incidents } = life.farEnds.statuspage.page;
  expect(incidents.map((one) => one.incident_updates.map(({ status }) => status).toReversed())).toEqual([
    ['investigating', 'monitoring', 'resolved'],
  ]);
}

function expectBooks({ audit, outcomes, rows, left, unfinished, drafted }: Evidence): void {
  expect(outcomes).toEqual(['succeeded']);
  expect(audit).toMatchObject({ ok: true });
  expect(rows).toMatchObject(decisions);
  expect(left).toEqual([]);
  expect(unfinished).toEqual([]);
  // Nobody changes the severity in a life, so nobody else comes to be owed words at a time that was drafted already.
  expectAllDifferent(drafted);
}

function expectEffects(life: Life): void {
  const { world } = life.farEnds.world;
  const { effects, writersOverlapMs } = world.audit();
  const seen = effects.map(({ command, target }) => `${command} ${target}`);
  const scaled = seen.filter((effect) => onceAtMost.includes(effect));
  expect(seen.filter((effect) => once.includes(effect)).toSorted()).toEqual(once);
  expect(scaled).toHaveLength(new Set(scaled).size);
  expect([...new Set(seen)].filter((effect) => ![...once, ...onceAtMost].includes(effect)).toSorted()).toEqual(
    preparations,
  );
  const desired = world.view().regions.flatMap(({ services }) => services.map((one) => [one.cluster, one.desired]));
  expect(Object.fromEntries(desired)).toEqual({ 'dr-cluster': 8, 'prod-cluster': 0 });
  expect(writersOverlapMs).toBe(0);
}

function expectWords(life: Life): void {
  const { channels, pings } = life.farEnds.slack.workspace;
  const said = saidAnywhere(life);
  expectAllDifferent(said.map(({ key }) => key));
  expectAllDifferent(said.filter((one) => !isRepeated(one)).map(({ channel, text }) => `${channel}: ${text}`));
  const kinds = said.filter((one) => !isFollowing(one)).map(({ key }) => saidOnce.find((kind) => key.startsWith(kind)));
  expect(kinds.filter((kind) => kind !== undefined).toSorted()).toEqual(saidOnce);
  const opened = [...channels.values()].filter(({ name }) => name.startsWith('inc-'));
  expect(opened.map(({ pins }) => pins.length)).toEqual([1]);
  expect(pings.filter(({ kind }) => kind !== 'person')).toEqual([]);
}

function expectAllDifferent(words: string[]): void {
  expect(words.toSorted()).toEqual([...new Set(words)].toSorted());
}

/** A publisher who has not spoken is asked again every ten minutes, in the same words. */
function isRepeated({ key }: Said): boolean {
  return key.startsWith('asked_');
}

/** The louder rungs of a request that waited, and the end told below its announcement: words of their own. */
function isFollowing({ key }: Said): boolean {
  return /^(asked:[^:]+:\d+|announced:\d+:\w+)$/.test(key);
}
