import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock/system-clock.ts';
import { createAwsHealth } from '../../src/compose/aws-health.ts';
import { readReadiness } from '../../src/compose/readiness.ts';
import { type SimulatedMuster, startSimulatedMuster } from '../support/simulated-muster.ts';

const { now } = systemClock;
let muster: SimulatedMuster;
beforeAll(async () => {
  muster = await startSimulatedMuster();
});
afterAll(() => muster.close());

/** The parts in trouble, with why and since when. */
async function troubles(of: Partial<Parameters<typeof readReadiness>[0]> = {}) {
  const sources = {
    muster,
    slack: () => ({ ok: true, why: null }),
    aws: createAwsHealth(now),
    templateFaults: [],
    now,
  };
  const found = await readReadiness({ ...sources, ...of });
  return found.filter(({ ok }) => !ok).map(({ name, vital, why, since }) => ({ name, vital, why, since }));
}

/** Rows as they stand there, whatever they belong to. */
async function put(sql: string): Promise<void> {
  await muster.store.tx(async (tx) => {
    await tx.query(`set local session_replication_role = 'replica'`);
    await tx.query(sql);
  });
}

it('finds nothing where nothing is amiss', async () => {
  expect(await troubles()).toEqual([]);
});

it('finds words that have waited for long, by when they were decided and not by when they are tried again', async () => {
  await put(`insert into outbox (key, lane, document, due_at, enqueued_at)
    values ('late', 'pager', '{"to":"pager"}', now() + interval '1 hour', now() - interval '7 minutes')`);
  const [outbox, ...more] = await troubles();
  expect(more).toEqual([]);
  expect(outbox).toMatchObject({ name: 'outbox', vital: false, why: 'the oldest for pager has waited 7 minutes' });
  expect(outbox?.since?.getTime()).toBeLessThan(now().getTime() - 6 * 60_000);
  await put(`delete from outbox where key = 'late'`);
});

it('finds a return guard that cannot fence', async () => {
  await put(`insert into return_guard (id, incident_id, run_id, step_id, region, state, armed_at, trouble)
    values ('guard', 1, 'run', 'fence', 'us-east-1', 'armed', now(), 'access was denied')`);
  expect(await troubles()).toMatchObject([{ name: 'guards', vital: false, why: 'on us-east-1: access was denied' }]);
  await put(`update return_guard set state = 'fenced', ended_at = now(), ended_by = 'muster'`);
  expect(await troubles()).toEqual([]);
});

it('finds a schedule whose last time was missed, until it has been run again', async () => {
  const home = { ...muster.home, schedules: { nightly: {} as (typeof muster.home.schedules)[string] } };
  const of = { muster: { ...muster, home } };
  await put(`insert into occurrence (id, schedule, due_at, until, state, ended_at) values
    ('a', 'nightly', '2026-03-01T02:00:00Z', '2026-03-01T03:00:00Z', 'missed', '2026-03-01T03:00:05Z'),
    ('b', 'retired', '2026-03-01T02:00:00Z', '2026-03-01T03:00:00Z', 'missed', '2026-03-01T03:00:05Z')`);
  expect(await troubles(of)).toEqual([
    {
      ...{ name: 'schedules', vital: false, since: new Date('2026-03-01T03:00:05Z') },
      why: 'nightly was missed, due at 2026-03-01 02:00:00 UTC',
    },
  ]);
  await put(`insert into occurrence (id, schedule, due_at, until, state, ended_at) values
    ('c', 'nightly', '2026-03-02T02:00:00Z', '2026-03-02T03:00:00Z', 'declined', '2026-03-02T02:10:00Z')`);
  expect(await troubles(of)).toEqual([]);
});

it('finds AWS, Slack and a broken template in trouble, and none of them vital', async () => {
  const aws = createAwsHealth(now);
  const silent = { kind: 'unreachable', why: 'it cannot be reached (ECONNREFUSED)' } as const;
  for (let times = 0; times < 2; times += 1) aws.answered({ service: 'ecs', region: 'us-east-1', trouble: silent });
  const templateFaults = [{ file: '/home/templates/a.hbs', line: 1, column: 2, message: 'no such field' }];
  const found = await troubles({ aws, slack: () => ({ ok: false, why: 'HTTP 503' }), templateFaults });
  expect(found.map(({ name, vital }) => [name, vital])).toEqual([
    ['slack', false],
    ['aws', false],
    ['templates', false],
  ]);
  expect(found[1]?.why).toBe('ecs in us-east-1: it cannot be reached (ECONNREFUSED), 2 times in a row');
});
