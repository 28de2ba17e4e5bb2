import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { crashPoints } from '../../src/domain/ports/crash.ts';
import { describeWith, findProgram } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import type { Evidence } from './support/evidence.ts';
import { type Life, type LifeOptions, startLife } from './support/life.ts';
import { liveThrough } from './support/live.ts';
import { type Begun, beginLife } from './support/lived.ts';
import { type Deaths, deaths, deathsOnServer, scheduledDeaths, scheduledDeathsOnServer } from './support/points.ts';
import { liveWhileKilled } from './support/random-kills.ts';
import { expectScheduledOnce, liveThroughSchedules, startScheduledLife } from './support/scheduled.ts';
import { expectDeaths, expectNothingDoubled } from './support/verdict.ts';

const longestMs = 400_000;
/** Twenty on each store, in two lives: one of them would mostly be starting. */
const kills = 10;
const seeds = [randomInt(2 ** 31), randomInt(2 ** 31)];

describe('a process that dies goes on after its restart with nothing doubled', () => {
  const begun = new Map<string, Begun>();
  let postgres: Postgres | undefined;

  // All at once, for they mostly wait; those on PostgreSQL first, for they wait for leases.
  beforeAll(async () => {
    if (findProgram('postgres') !== undefined) {
      const server = await startPostgres();
      postgres = server;
      const place = async () => ({ databaseUrl: await server.createDatabase() });
      beginAll(begun, 'postgres', { lives: deathsOnServer, scheduled: scheduledDeathsOnServer }, place);
    }
    beginAll(begun, 'embedded', { lives: deaths, scheduled: scheduledDeaths }, async () => ({}));
  });
  afterAll(async () => {
    await Promise.all([...begun.values()].map((life) => life.leave()));
    await postgres?.stop();
  }, longestMs);
  const judge = (name: string, verdict = expectNothingDoubled): Promise<void> =>
    begun.get(name)?.judge((life, evidence) => judgeLife(life, evidence, verdict)) ??
    Promise.reject(new Error(`No life is called ${name}.`));

  it('dies at every point there is', () => {
    const died = new Set([...deaths, ...scheduledDeaths].flat().map((at) => at.split(':')[0]));
    expect([...died].toSorted()).toEqual([...crashPoints].toSorted());
  });

  describe('on the embedded store', () => {
    it.each(deaths.map(nameOf))('at %s', (at) => judge(`embedded ${at}`), longestMs);
    it.each(scheduledDeaths.map(nameOf))('at %s', (at) => judge(`embedded ${at}`, expectScheduledOnce), longestMs);
    it.each(seeds)(`killed ${kills} times at random (seed %i)`, (seed) => judge(`embedded ${seed}`), longestMs);
  });

  describeWith('postgres', 'on PostgreSQL', () => {
    it.each(deathsOnServer.map(nameOf))('at %s', (at) => judge(`postgres ${at}`), longestMs);
    it.each(scheduledDeathsOnServer.map(nameOf))(
      'at %s',
      (at) => judge(`postgres ${at}`, expectScheduledOnce),
      longestMs,
    );
    it.each(seeds)(`killed ${kills} times at random (seed %i)`, (seed) => judge(`postgres ${seed}`), longestMs);
  });
});

function beginAll(
  begun: Map<string, Begun>,
  store: string,
  { lives, scheduled }: { lives: readonly Deaths[]; scheduled: readonly Deaths[] },
  place: () => Promise<LifeOptions>,
): void {
  const killed = async () => startLife({ ...(await place()), kills });
  for (const seed of seeds) {
    begun.set(
      `${store} ${seed}`,
      beginLife(killed, (life) => liveWhileKilled(life, seed)),
    );
  }
  for (const crashes of lives) {
    const start = async () => startLife({ ...(await place()), crashes });
    begun.set(`${store} ${nameOf(crashes)}`, beginLife(start, liveThrough));
  }
  for (const crashes of scheduled) {
    const start = async () => startScheduledLife({ ...(await place()), crashes });
    begun.set(`${store} ${nameOf(crashes)}`, beginLife(start, liveThroughSchedules));
  }
}

function judgeLife(life: Life, evidence: Evidence, verdict: typeof expectNothingDoubled): void {
  expectDeaths(life);
  verdict(life, evidence);
}

function nameOf(crashes: Deaths): string {
  return crashes.join(', ');
}
