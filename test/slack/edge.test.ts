import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signRequest } from '../../sandbox/slack/sign.ts';
import { until } from '../support/simulated-muster.ts';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({}, 60);
});
afterAll(() => bench.close());

const form = 'application/x-www-form-urlencoded';
const real = (): number => Math.floor(Date.now() / 1000);

function command(text: string): string {
  const [channel] = [...bench.slack.workspace.channels.values()].filter((each) => each.name === 'general');
  const fields = {
    command: '/dr',
    text,
    user_id: 'U0ANA',
    channel_id: channel?.id ?? '',
    team_id: 'T0SANDBOX',
    trigger_id: '1.2.3',
  };
  return new URLSearchParams(fields).toString();
}

function send(body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(bench.url, { method: 'POST', headers: { 'content-type': form, ...headers }, body });
}

function signed(body: string, timestamp: number, secret = bench.slack.tokens.signingSecret): Record<string, string> {
  return signRequest({ secret, body, timestamp });
}

/** Such a request has no address to answer to, and Muster is not in #general: it answers the person directly. */
function directTo(user: string): string[] {
  const direct = [...bench.slack.workspace.channels.values()].find(
    ({ kind, members }) => kind === 'direct' && members.has(user),
  );
  return (direct?.messages ?? []).map(({ text }) => text);
}

describe('a request', () => {
  it('that is forged, stale or future-dated is refused', async () => {
    const body = command('list');
    expect((await send(body, signed(body, real(), 'another secret'))).status).toBe(401);
    expect((await send(body, signed(body, real() - 400))).status).toBe(401);
    expect((await send(body, signed(body, real() + 400))).status).toBe(401);
    expect((await send(body, {})).status).toBe(401);
  });

  it('is taken once: a replay is refused, a retry of Slack’s own is answered and does nothing', async () => {
    const body = command('help');
    const headers = signed(body, real());
    expect((await send(body, headers)).status).toBe(200);
    expect((await send(body, headers)).status).toBe(409);
    expect((await send(body, { ...headers, 'x-slack-retry-num': '1' })).status).toBe(200);
    await until(async () => directTo('U0ANA').length > 0, 'an answer');
    expect(directTo('U0ANA')).toHaveLength(1);
  });
});

describe('a word', () => {
  it('that is not known brings the nearest', async () => {
    await bench.say('U0ANA', 'staus');
    await bench.message('U0ANA', '#general', /did you mean status\?/);
  });

  it('of somebody without a role is refused in one sentence', async () => {
    await bench.say('U0OUTSIDER', 'list');
    const refused = await bench.message('U0OUTSIDER', '#general', /SIMULATION/);
    expect(refused.text).toMatch(/may/);
  });

  it('with a wrong input is refused before anything is opened', async () => {
    await bench.say('U0ANA', 'failover banana');
    await bench.message('U0ANA', '#general', /banana is not an input/);
    expect(bench.slack.modalOf('U0ANA')).toBeUndefined();
  });
});

describe('an incident', () => {
  it('is declared by its form, whose mistakes are told at their fields', async () => {
    await bench.say('U0ANA', 'declare Checkout <!channel> fails');
    const view = await bench.modal('U0ANA', /What is wrong/);
    const late = { services: ['api'], impactBeganAt: Math.floor(bench.muster.clock.now().getTime() / 1000) + 86_400 };
    const refused = await bench.slack.act.submitView({ user: 'U0ANA', viewId: view.id, values: late });
    expect(refused).toMatchObject({ state: 'errors', errors: { impactBeganAt: expect.stringContaining('future') } });
    const done = await bench.slack.act.submitView({ user: 'U0ANA', viewId: view.id, values: { services: ['api'] } });
    expect(done).toEqual({ state: 'closed' });
    await bench.message('U0ANA', '#incidents', /INC-1/);
    expect(bench.slack.workspace.pings.filter(({ kind }) => kind !== 'person')).toEqual([]);
    expect(await bench.muster.incidents.open()).toHaveLength(1);
  });

  it('is failed over: wrong phrase, the requester, then another person, and one run', async () => {
    const channel = 'inc-1-checkout-channel-fails';
    await bench.message('U0ANA', channel, /INC-1/);
    await bench.say('U0ANA', 'failover tsks=4', channel);
    await bench.modal('U0ANA', /did you mean tasks/);
    await bench.say('U0ANA', 'failover tasks=4', channel);
    const view = await bench.modal('U0ANA', /Type FAILOVER to ask/);
    const wrong = await bench.slack.act.submitView({ user: 'U0ANA', viewId: view.id, values: { phrase: 'failover' } });
    expect(wrong).toMatchObject({ state: 'errors', errors: { phrase: expect.stringContaining('FAILOVER') } });
    const asked = await bench.slack.act.submitView({
      user: 'U0ANA',
      viewId: view.id,
      values: { phrase: ' FAILOVER ' },
    });
    expect(asked).toEqual({ state: 'closed' });
    const consent = await bench.message('U0ANA', channel, /"consent\.approve"/);
    const approve = { channel, ts: consent.ts, actionId: 'consent.approve' };
    expect(await bench.slack.act.click({ ...approve, user: 'U0ANA' })).toEqual({ ok: true });
    await bench.message('U0ANA', channel, /approver may approve|another approver/i);
    expect(await bench.muster.recovery.currentRun(1)).toBeNull();
    const clicks = await Promise.all([1, 2].map(() => bench.slack.act.click({ ...approve, user: 'U0BEN' })));
    expect(clicks).toEqual([{ ok: true }, { ok: true }]);
    const run = await bench.message('U0BEN', channel, /✅ Succeeded: /);
    expect(JSON.stringify(run.blocks)).toContain('8 of 8');
    const posted = bench.slack
      .seen('U0BEN', channel)
      .filter(({ blocks }) => /Succeeded: /.test(JSON.stringify(blocks)));
    expect(posted).toHaveLength(1);
  });

  it('is resolved in one word, with recovery measured', async () => {
    const channel = 'inc-1-checkout-channel-fails';
    await bench.say('U0ANA', 'status', channel);
    await bench.message('U0ANA', channel, /8 of 8.*steps done/);
    await bench.say('U0ANA', 'resolve', channel);
    await bench.message('U0ANA', channel, /INC-1 is resolved.*RTO/);
  });

  it('left nothing that Slack refused', () => {
    const refused = bench.slack.workspace.refused.filter(({ where }) => where !== 'chat.postEphemeral');
    expect(refused).toEqual([]);
  });
});
