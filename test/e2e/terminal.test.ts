import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock/system-clock.ts';
import { audienceOf } from '../../src/http/audience.ts';
import { signIdentity } from '../../src/http/identity.ts';
import { verifyExport } from '../../src/reports/audit.ts';
import { until } from '../support/simulated-muster.ts';
import { root } from './child.ts';
import { handsIn } from './hands.ts';
import { type Outside, startOutside } from './outside.ts';
import { codeOf, keysOf, type Shell, shellWith } from './terminal-hands.ts';

const bad = { code: 2, out: '' };
const done = { code: 0, err: '' };

function shells(outside: Outside): (name: string, secret?: string) => Shell {
  const env = { MUSTER_HOME: join(root, 'examples/acme'), MUSTER_DATA: outside.dataDir };
  return (name, secret) => {
    const keys = { ...keysOf(name), ...(secret === undefined ? {} : { AWS_SECRET_ACCESS_KEY: secret }) };
    return shellWith({ ...env, ...keys, AWS_ENDPOINT_URL: outside.farEnds.sts.url }, outside.dataDir);
  };
}

const channel = 'inc-1-checkout-fails';

describe('the terminal beside a running Muster', () => {
  let outside: Outside;
  let as: ReturnType<typeof shells>;
  beforeAll(async () => {
    outside = await startOutside({ scale: 60 });
    as = shells(outside);
  });
  afterAll(() => outside.close());

  it('declares, and Slack has the channel', async () => {
    const said = await as('ana').type('declare', 'Checkout fails', '--severity', 'P1', '--service', 'api');
    expect(said).toMatchObject({ ...done, out: expect.stringMatching(/INC-1 Checkout fails is declared/) });
    await outside.seen('U0DOV', 'incidents', /INC-1/);
    const status = await as('dov').type('status');
    expect(status).toMatchObject({
      ...done,
      out: expect.stringMatching(/commander ana.*api was last led to us-east-1/s),
    });
  });

  it('knows people by their signature alone', async () => {
    expect(await as('ana', 'simulated-ben').type('status')).toMatchObject({
      ...bad,
      err: expect.stringMatching(/SignatureDoesNotMatch/),
    });
    expect(await as('eve').type('status')).toMatchObject({
      ...bad,
      err: expect.stringMatching(/user\/eve belongs to nobody: add .*muster\.yml/),
    });
    const twice = await speakTwice(outside);
    expect(twice.map(({ status }) => status)).toEqual([200, 409]);
    expect(twice[1]?.text).toContain('used before');
  });

  it('refuses as Slack does, in one sentence, and nothing happens', async () => {
    expect(await as('dov').type('run', 'restart-service')).toMatchObject({
      ...bad,
      err: expect.stringMatching(/Only a commander/),
    });
    expect(await as('ana').type('plan', 'failovr')).toMatchObject({ ...bad, err: expect.stringMatching(/failover/) });
    expect(await as('ana').type('plan', 'failover', 'tsks=4')).toMatchObject({
      ...bad,
      err: expect.stringMatching(/did you mean tasks\?/),
    });
    expect(await as('ana').type('run', 'failover', '--confirm', 'FAILOVER', '--code', 'AAAAAA')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Nothing was asked for/),
    });
    expect(await as('ana').type('pause')).toMatchObject({
      ...bad,
      err: expect.stringMatching(/Nothing has been run there yet/),
    });
    expect(outside.farEnds.world.world.audit().effects).toEqual([]);
  });

  it('runs, pauses, resumes, aborts and undoes', async () => {
    const ana = as('ana');
    const restart = ['restart-service', 'region=active', 'count=12'];
    const code = await codeOf(ana, 'plan', ...restart);
    const asked = ['--confirm', 'RESTART', '--code', code, '--no-wait'];
    expect(await ana.type('run', ...restart, ...asked)).toMatchObject({
      code: 3,
      out: expect.stringContaining(`muster approve ${code}`),
    });
    expect(await as('ben').type('approve', code)).toMatchObject(done);
    await until(async () => /looked +running/.test((await ana.type('status')).out), 'the checkpoint to be asked');
    expect(await as('dov').type('pause', '--reason', 'let me look')).toMatchObject({ code: 0 });
    expect(await as('dov').type('resume')).toMatchObject({ ...bad, err: expect.stringMatching(/Only a commander/) });
    expect(await ana.type('resume')).toMatchObject(done);
    expect(await as('dov').type('abort')).toMatchObject({ ...bad, err: expect.stringMatching(/Only a commander/) });
    expect(await ana.type('abort', '--reason', 'it was for show')).toMatchObject(done);
    await outside.seen('U0ANA', channel, /was aborted/);
    expect((await ana.type('status')).out).toMatch(/looked +failed.*aborted by ana/);
    const undo = await codeOfUndo(ana);
    const undone = ana.begin('undo', '--confirm', 'UNDO', '--code', undo);
    await outside.seen('U0BEN', channel, new RegExp(`Approval.*${undo}`, 's'));
    expect(await as('ben').type('approve', undo)).toMatchObject(done);
    expect(await undone.ended).toBe(0);
    expect(undone.out.at(-1)).toMatch(/: undone/);
  });

  it('carries a failover asked for here and approved in Slack', async () => {
    const ana = as('ana');
    const code = await codeOf(ana, 'plan', 'failover', 'tasks=8');
    const run = ana.begin('run', 'failover', 'tasks=8', '--confirm', 'FAILOVER', '--code', code);
    await outside.seen('U0BEN', channel, new RegExp(`Approval needed.*${code}`, 's'));
    expect(await ana.type('approve', code)).toMatchObject({ ...bad, err: expect.stringMatching(/approve|yourself/i) });
    expect(await as('dov').type('approve', code)).toMatchObject({ ...bad, err: expect.stringMatching(/approver/) });
    await outside.press('U0BEN', channel, 'consent.approve');
    expect(await run.ended).toBe(0);
    expect(run.out.join('\n')).toMatch(/granted by ben/);
    expect(run.out.at(-1)).toMatch(/failover in INC-1: succeeded/);
    expect(await as('ben').type('approve', code)).toMatchObject(bad);
  });

  it('resolves, and shows the evidence', async () => {
    const resolved = await as('ana').type('resolve');
    expect(resolved).toMatchObject({ ...done, out: expect.stringMatching(/is resolved.*RTO.* of 1h.*RPO.* of 15m/s) });
    expect(await as('dov').type('audit', 'verify')).toMatchObject({
      ...done,
      out: expect.stringMatching(/^\d+ rows, unbroken/),
    });
    const { out } = await as('dov').type('audit', 'export');
    expect(verifyExport(out)).toMatchObject({ ok: true, header: { store: 'acme' } });
    expect(out).toContain('"door":"terminal"');
    expect(out).toContain('"door":"slack"');
    expect(await as('eve').type('audit', 'export')).toMatchObject(bad);
  });
});

describe('a failover asked for in Slack', () => {
  it('is approved, mended and followed in the terminal', async () => {
    const outside = await startOutside({ scale: 60 });
    try {
      const as = shells(outside);
      const hands = handsIn(outside.farEnds.slack, () => outside.log.join('\n'));
      const fault = outside.farEnds.world.world.setFault({
        kind: 'targets-unhealthy',
        region: 'us-west-2',
        targetGroup: 'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/dr-tg/2222222222222222',
      });
      const inc = await hands.declare('U0ANA', 'us-east-1 is failing');
      await hands.dr('U0ANA', 'failover tasks=8', inc);
      await hands.submit('U0ANA', { phrase: 'FAILOVER' });
      const asked = await hands.seen('U0BEN', inc, /Approval needed/);
      const code = /\b[A-Z0-9]{6}\b/.exec(asked.text)?.[0] ?? '';
      expect(await as('ben').type('approve', code)).toMatchObject(done);
      await hands.seen('U0BEN', inc, /is paused/);
      expect(await as('ana').type('retry', 'heathy')).toMatchObject({ ...bad, err: expect.stringMatching(/healthy/) });
      const skip = await as('ana').type('skip', 'healthy', '--reason', 'checked by hand');
      expect(skip).toMatchObject({ code: 0 });
      outside.farEnds.world.world.clearFault(fault);
      expect(await as('ana').type('retry', 'healthy')).toMatchObject(done);
      await hands.seen('U0BEN', inc, /\*failover\* in INC-1 succeeded/);
      expect(await as('dov').type('status')).toMatchObject({ ...done, out: expect.stringMatching(/healthy +done/) });
    } finally {
      await outside.close();
    }
  });
});

/** The code that an undo would be asked for with: said when it is asked without one. */
async function codeOfUndo(shell: Shell): Promise<string> {
  const { err } = await shell.type('undo');
  const code = /--code ([A-Z0-9]{6})\b/.exec(err)?.[1];
  if (code === undefined) throw new Error(`no code in: ${err}`);
  return code;
}

/** One proof of identity, sent two times. */
async function speakTwice(outside: Outside): Promise<{ status: number; text: string }[]> {
  const { sts } = outside.farEnds;
  const ana = sts.credentials.ana;
  if (!ana) throw new Error('ana has no keys');
  const identity = await signIdentity({
    credentials: ana,
    region: 'us-east-1',
    stsUrl: sts.url,
    audience: audienceOf('acme', 'list', {}),
    nonce: 'a nonce that is long enough',
    clock: systemClock,
  });
  const body = JSON.stringify({ word: 'list', args: {}, identity });
  const socketPath = join(outside.dataDir, 'control.sock');
  return [await postTo(socketPath, body), await postTo(socketPath, body)];
}

function postTo(socketPath: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path: '/v1/word', method: 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end(body);
  });
}
