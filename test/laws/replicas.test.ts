import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import type { Life } from './support/life.ts';
import { liveThrough } from './support/live.ts';
import { type Begun, beginLife } from './support/lived.ts';
import { type Replicas, startReplicas } from './support/replicas.ts';
import { expectEnds, expectNothingDoubled } from './support/verdict.ts';

const longestMs = 300_000;
const takeOverMs = 15_000;

/** What happens to three processes while they carry a run, and how the processes that ended came to their end. */
interface Trouble {
  /** Of the run, in the simulated cloud: trouble comes when it has been sent. */
  after: string;
  happens(life: Replicas, postgres: Postgres): Promise<void>;
  ends: string[];
}

const troubles: Record<string, Trouble> = {
  'one that is killed: another goes on within 15 s': {
    after: 'PromoteReadReplica',
    happens: async (life) => {
      const { name, running } = await life.carrier();
      running.bot.kill();
      expect(await life.untilTakenFrom(name)).toBeLessThan(takeOverMs);
    },
    ends: ['SIGKILL'],
  },
  'one that is frozen before people are moved: another goes on within 15 s, and thawed it leaves': {
    after: 'UpdateService',
    happens: freezeAndThaw,
    ends: ['exit code 1'],
  },
  'one that is frozen after people were moved: another goes on within 15 s, and thawed it leaves': {
    after: 'PutObject',
    happens: freezeAndThaw,
    ends: ['exit code 1'],
  },
  'PostgreSQL that is gone for ten seconds: all of them go on': {
    after: 'PromoteReadReplica',
    happens: async (_life, postgres) => {
      await postgres.interrupt();
      await wait(10_000);
      await postgres.start();
    },
    ends: [],
  },
};

describeWith('postgres', 'three processes on one PostgreSQL, with nothing lost and nothing doubled', () => {
  const begun = new Map<string, Begun>();
  const servers: Postgres[] = [];

  // Side by side, for they mostly wait; each on a server of its own, since one of them loses it.
  beforeAll(async () => {
    for (const [name, trouble] of Object.entries(troubles)) {
      const server = await startPostgres();
      servers.push(server);
      begun.set(name, beginTroubled(server, trouble));
    }
  });
  afterAll(async () => {
    await Promise.all([...begun.values()].map((life) => life.leave()));
    await Promise.all(servers.map((server) => server.stop()));
  }, longestMs);

  it.each(Object.entries(troubles))(
    '%s',
    (name, { ends }) =>
      begun.get(name)?.judge((life, evidence) => {
        expectEnds(life.log, ends);
        expectNothingDoubled(life, evidence);
        expect(evidence.interruptions).toBe(ends.length);
      }) ?? Promise.reject(new Error(`No life is called ${name}.`)),
    longestMs,
  );
});

function beginTroubled(server: Postgres, { after, happens }: Trouble): Begun {
  let replicas: Replicas | undefined;
  const start = async (): Promise<Life> => {
    replicas = await startReplicas(await server.createDatabase());
    return replicas;
  };
  return beginLife(start, async (life) => {
    const troubled = untilSent(life, after).then(() => replicas && happens(replicas, server));
    for (const one of await Promise.allSettled([troubled, liveThrough(life)])) {
      if (one.status === 'rejected') throw one.reason;
    }
  });
}

async function freezeAndThaw(life: Replicas): Promise<void> {
  const carrier = await life.carrier();
  life.freeze(carrier);
  expect(await life.untilTakenFrom(carrier.name)).toBeLessThan(takeOverMs);
  life.thaw(carrier);
  const { state, changes } = carrier.running.bot;
  await changes.until(() => state.lastEnd !== null, 'the thawed process to leave', 10_000);
}

async function untilSent({ farEnds }: Life, effect: string): Promise<void> {
  for (let look = 0; look < 3000; look += 1) {
    if (farEnds.world.world.audit().effects.some(({ command }) => command === effect)) return;
    await wait(50);
  }
  throw new Error(`${effect} was not sent.`);
}
