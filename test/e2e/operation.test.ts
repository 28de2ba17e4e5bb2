import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FarEnds } from '../../sandbox/far-ends.ts';
import { describeWith } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { until } from '../support/simulated-muster.ts';
import { handsIn } from './hands.ts';
import { type Outside, type OutsideOptions, startOutside } from './outside.ts';
import { ownFolder, type Real, startReal } from './real.ts';
import { slackEnv, startStandIns } from './stand-ins.ts';

/** Slow enough for a signal to come between two steps. */
const scale = 60;
/** Each of a failover's, once. */
const effects = [
  'AddTagsToResource',
  'PromoteReadReplica',
  'PutObject',
  'RegisterScalableTarget',
  'RegisterScalableTarget',
  'UpdateService',
  'UpdateService',
];
let outside: Outside | undefined;
afterEach(async () => {
  await outside?.close();
  outside = undefined;
});

/** A failover under way: its first effect has been sent, its last has not. */
async function beginFailover(options: OutsideOptions): Promise<{ stage: Outside; channel: string }> {
  const stage = await startOutside({ scale, logLevel: 'info', ...options });
  outside = stage;
  const channel = await stage.declare('U0ANA', 'us-east-1 is failing');
  await stage.dr('U0ANA', 'failover tasks=8', channel);
  expect((await stage.submit('U0ANA', { phrase: 'FAILOVER' })).state).toBe('closed');
  await stage.press('U0BEN', channel, 'consent.approve');
  await until(async () => effectsOf(stage).length > 0, 'the first effect');
  expect(effectsOf(stage)).not.toContain('PromoteReadReplica');
  return { stage, channel };
}

function effectsOf({ farEnds }: Outside): string[] {
  return farEnds.world.world.audit().effects.map(({ command }) => command);
}

async function terminate(stage: Outside): Promise<void> {
  const { bot } = stage;
  process.kill(bot.state.pid ?? 0, 'SIGTERM');
  await bot.changes.until(() => bot.state.lastEnd !== null, 'the program to end', 60_000);
  expect(bot.state.lastEnd).toBe('exit code 0');
}

/** Succeeded and said so once, with nothing left out, nothing done twice and no moment with two writers. */
async function endsWell({ stage, channel }: { stage: Outside; channel: string }): Promise<void> {
  await stage.seen('U0DOV', channel, /\*failover\* in INC-1 succeeded/, 150);
  expect(effectsOf(stage).sort()).toEqual(effects);
  expect(stage.farEnds.world.world.audit().writersOverlapMs).toBe(0);
  const said = stage.farEnds.slack.seen('U0DOV', channelId(stage, channel)).map(({ text }) => text);
  expect(said.filter((text) => /\*failover\* in INC-1 succeeded/.test(text))).toHaveLength(1);
  expect(new Set(said).size).toBe(said.length);
}

function channelId({ farEnds }: Outside, name: string): string {
  return [...farEnds.slack.workspace.channels.values()].find((channel) => channel.name === name)?.id ?? name;
}

interface Line {
  level: string;
  time: string;
  msg: string;
  run?: string;
  incident?: number;
  step?: string;
}

describe('SIGTERM in the middle of a run', () => {
  it('ends with 0, and alone goes on at its next start; the log tells it all, with its ids and no secret', async () => {
    const begun = await beginFailover({});
    // A start takes seconds, which would be a quarter of an hour of the run's time.
    begun.stage.stopTime();
    await terminate(begun.stage);
    const { bot, log, farEnds } = begun.stage;
    await bot.changes.until(() => bot.state.state === 'up', 'the program to serve again', 60_000);
    begun.stage.letTimeGo(scale);
    await endsWell(begun);
    const lines = log.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);
    const id = lines.find(({ msg }) => msg === 'run.started')?.run ?? 'no run was started';
    const ofRun = lines.filter((line) => JSON.stringify(line).includes(id));
    const without = ofRun.filter(({ run, incident }) => run !== id || incident !== 1);
    expect(without).toEqual([]);
    expect(ofRun.filter(({ msg, step }) => /^(effect|step)\./.test(msg) && step === undefined)).toEqual([]);
    expect(
      lines.filter(({ level, time }) => !/^(info|warn|error)$/.test(level) || Number.isNaN(Date.parse(time))),
    ).toEqual([]);
    const told = ofRun.map(({ msg }) => msg);
    expect(told).toEqual(
      expect.arrayContaining(['run.started', 'effect.answered', 'step.ended', 'run.taken-up', 'run.ended']),
    );
    const { tokens } = farEnds.slack;
    const secrets = [tokens.bot, tokens.signingSecret, farEnds.statuspage.key, farEnds.pager.secret];
    expect(secrets.filter((secret) => log.some((line) => line.includes(secret)))).toEqual([]);
  });

  describeWith('postgres', 'with another process on the same database', () => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());

    it('hands the run over at once: nobody waits for its lease to run out', async () => {
      const databaseUrl = await postgres.createDatabase();
      const away = { first: 600_000, longest: 600_000 };
      const begun = await beginFailover({ databaseUrl, processes: 2, waitMs: away });
      await terminate(begun.stage);
      await endsWell(begun);
      expect(begun.stage.log.filter((line) => line.includes('silent for too long'))).toEqual([]);
      expect(begun.stage.bots.map(({ bot }) => bot.state.restarts)).toEqual([1, 0]);
    });
  });
});

describe('while it drains', () => {
  let farEnds: FarEnds;
  let folder: Awaited<ReturnType<typeof ownFolder>>;
  let program: Real | undefined;
  beforeAll(async () => {
    farEnds = await startStandIns();
    folder = await ownFolder();
  });
  afterAll(async () => {
    await program?.stop('SIGKILL');
    await farEnds.stop();
    await folder.remove();
  });

  it('says so, takes no request, answers who asks for its health, and ends at once at a second signal', async () => {
    const muster = await startReal(slackEnv(farEnds), folder.path);
    program = muster;
    farEnds.slack.deliverTo(`http://127.0.0.1:${muster.port}/slack/events`);
    const hands = handsIn(farEnds.slack, () => muster.out.join('\n'));
    const channel = await hands.declare('U0ANA', 'Checkout fails');
    // What is on its way to Slack then takes as long as Slack is waited for.
    farEnds.slack.faults.slowMs = 30_000;
    await hands.dr('U0ANA', 'ack', channel);
    muster.process.kill('SIGTERM');
    await until(async () => (await muster.get('/readyz')).body.includes('draining'), 'the drain');
    expect((await muster.get('/readyz')).status).toBe(503);
    expect((await muster.get('/healthz')).status).toBe(200);
    const metrics = (await muster.get('/metrics')).body;
    expect(metrics).toMatch(/^muster_draining 1$/m);
    expect(metrics).toMatch(/^muster_ack_seconds_count [1-9]/m);
    expect(metrics).toMatch(/^muster_words_total\{lane="slack",outcome="sent"\} [1-9]/m);
    await expect(hands.dr('U0BEN', 'status', channel)).rejects.toThrow();
    muster.process.kill('SIGTERM');
    expect(await muster.ended).toBe(128 + 15);
  });
});
