import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FarEnds } from '../../sandbox/far-ends.ts';
import { describeWith } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { until } from '../support/simulated-muster.ts';
import { handsIn } from './hands.ts';
import { ownFolder, type Real, startReal } from './real.ts';
import { type SlackBy, slackEnv, startStandIns } from './stand-ins.ts';

let farEnds: FarEnds;
let folder: Awaited<ReturnType<typeof ownFolder>>;
let program: Real | undefined;

beforeEach(async () => {
  farEnds = await startStandIns();
  folder = await ownFolder();
});
afterEach(async () => {
  await program?.stop('SIGKILL');
  program = undefined;
  await farEnds.stop();
  await folder.remove();
});

async function serve(by: SlackBy, env: Record<string, string> = {}): Promise<Real> {
  program = await startReal({ ...slackEnv(farEnds, by), ...env }, folder.path);
  farEnds.slack.deliverTo(by === 'HTTP' ? `http://127.0.0.1:${program.port}/slack/events` : null);
  return program;
}

/** Every door answers, people are heard, and a signal ends it as it should. */
async function servesAndStops(by: SlackBy, env: Record<string, string> = {}): Promise<void> {
  const muster = await serve(by, env);
  expect(await muster.get('/healthz')).toMatchObject({ status: 200 });
  expect(await muster.get('/readyz')).toEqual({ status: 200, body: '{"status":"ready"}\n' });
  const metrics = await muster.get('/metrics');
  expect(metrics.status).toBe(200);
  expect(metrics.body).toMatch(/^muster_outbox_waiting\{lane="slack"\} 0$/m);
  const hands = handsIn(farEnds.slack, () => muster.out.join('\n'));
  await hands.declare('U0ANA', 'Checkout fails');
  await hands.seen('U0DOV', 'incidents', /INC-1/);
  expect(await muster.stop()).toBe(0);
  expect(muster.err).toEqual([]);
  expect(muster.out.filter((line) => !line.startsWith('{'))).toEqual([]);
  await expect(muster.get('/healthz')).rejects.toThrow();
}

describe('npm run serve, on the embedded store', () => {
  it.each<SlackBy>(['HTTP', 'Socket Mode'])('serves Slack by %s, and drains on SIGTERM', (by) => servesAndStops(by));

  it('goes on where it was when it is started again', async () => {
    const first = await serve('HTTP');
    const channel = await handsIn(farEnds.slack).declare('U0ANA', 'Checkout fails');
    expect(await first.stop('SIGINT')).toBe(0);
    await serve('HTTP');
    const hands = handsIn(farEnds.slack);
    await hands.dr('U0ANA', 'status', channel);
    await hands.seen('U0ANA', channel, /INC-1/);
  });

  it('finishes what has begun before it ends', async () => {
    const muster = await serve('HTTP');
    const hands = handsIn(farEnds.slack);
    farEnds.slack.faults.slowMs = 1_000;
    await hands.dr('U0ANA', 'declare');
    expect(await muster.stop()).toBe(0);
    expect(farEnds.slack.modalOf('U0ANA')).toBeDefined();
  });
});

describe('Slack that does not answer', () => {
  it('keeps nobody from serving by HTTP: it is degraded, and says why', async () => {
    farEnds.slack.faults.down = '503';
    const muster = await serve('HTTP');
    const { status, body } = await muster.get('/readyz');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      status: 'degraded',
      degraded: [{ part: 'slack', why: 'Slack: HTTP 503', since: expect.any(String) }],
    });
  });

  it('is found by Socket Mode when it is back', async () => {
    farEnds.slack.faults.down = 'refused';
    const muster = await serve('Socket Mode');
    expect(JSON.parse((await muster.get('/readyz')).body)).toMatchObject({
      status: 'degraded',
      degraded: [{ part: 'slack' }],
    });
    farEnds.slack.faults.down = 'no';
    await until(async () => (await muster.get('/readyz')).body.includes('"ready"'), 'Slack to be found again');
    await handsIn(farEnds.slack).declare('U0ANA', 'Checkout fails');
  });
});

describeWith('postgres', 'npm run serve, on PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it.each<SlackBy>(['HTTP', 'Socket Mode'])('serves Slack by %s, and drains on SIGTERM', async (by) =>
    servesAndStops(by, { DATABASE_URL: await postgres.createDatabase() }),
  );

  it('is not ready while the database is away, and is again when it is back', async () => {
    const muster = await serve('HTTP', { DATABASE_URL: await postgres.createDatabase() });
    await postgres.interrupt();
    const lost = await muster.get('/readyz');
    expect(lost.status).toBe(503);
    expect(lost.body).toContain('database');
    expect((await muster.get('/healthz')).status).toBe(200);
    await postgres.start();
    await until(async () => (await muster.get('/readyz')).status === 200, 'the database to be back');
    await handsIn(farEnds.slack).declare('U0ANA', 'Checkout fails');
  });
});
