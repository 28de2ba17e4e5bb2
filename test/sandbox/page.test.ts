import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FarEnds, startFarEnds } from '../../sandbox/far-ends.ts';
import { startPage } from '../../sandbox/server.ts';
import type { Served } from '../../sandbox/wire/serve.ts';
import { createScaledClock, type ScaledClock } from '../../src/clock/scaled-clock.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { home, scopes } from './home.ts';

let farEnds: FarEnds;
let page: Served;
let clock: ScaledClock;

beforeEach(async () => {
  const now = new Date();
  clock = createScaledClock({ realOrigin: now, origin: now, scale: 60 });
  farEnds = await startFarEnds({
    home,
    clock,
    cloud: exampleCloud('acme'),
    granted: { scopes, events: [], shouldEscape: false },
  });
  page = await startPage({ home, farEnds, clock });
});
afterEach(async () => {
  await page.stop();
  await farEnds.stop();
});

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${page.url}/sandbox/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

type State = Record<string, unknown> & { channels: { id: string; name: string }[] };

async function state(): Promise<State> {
  return (await (await fetch(`${page.url}/sandbox/api/state`)).json()) as State;
}

describe('the page', () => {
  it('is a page, with a policy that runs no markup from messages', async () => {
    const response = await fetch(page.url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await response.text()).toContain('<title>Muster sandbox</title>');
  });

  it.each(['/../server.ts', '/%2e%2e/server.ts', '/..%2fserver.ts', '/server.ts', '/nothing.js'])(
    'has nothing at %s',
    async (path) => {
      expect((await fetch(`${page.url}${path}`)).status).toBe(404);
    },
  );

  it('answers no other name and no other site', async () => {
    const asked = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const call = request(`${page.url}/sandbox/api/state`, { headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        call.on('error', reject).end();
      });
    expect(await asked({ host: 'evil.example.com' })).toBe(403);
    expect(await asked({ origin: 'https://evil.example.com' })).toBe(403);
    expect(await asked({})).toBe(200);
  });

  it('says who is who, and what they hold', async () => {
    expect((await state()).people).toMatchObject([
      { name: 'ana', roles: ['responders', 'commanders'] },
      { name: 'ben', roles: ['responders', 'approvers'] },
      { name: 'cat', roles: ['publishers'] },
      { name: 'dov', roles: ['responders', 'approvers'] },
      { name: 'outsider', roles: [] },
      { name: 'muster', is_bot: true },
    ]);
  });
});

describe('what people do there', () => {
  it('says things, and sends what changed to whoever watches', async () => {
    const channel = (await state()).channels[0]?.id ?? '';
    const stream = await fetch(`${page.url}/sandbox/api/events`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await post('act/message', { user: 'U0ANA', channel, text: 'hello <b>there</b>' });
    let heard = '';
    while (!heard.includes('hello &lt;b&gt;')) heard += (await reader?.read())?.value ?? '';
    expect(heard).toContain(`{"name":"messages:${channel}"`);
    await reader?.cancel();
  });

  it('pins a message, mends it and deletes it', async () => {
    const channel = (await state()).channels[0]?.id ?? '';
    const said = async () => (await state())[`messages:${channel}`];
    const { body } = await post('act/message', { user: 'U0ANA', channel, text: 'it began at two' });
    const on = { user: 'U0ANA', channel, ts: body.ts };
    await post('act/react', { ...on, name: 'pushpin' });
    await post('act/edit', { ...on, text: 'it began at three' });
    expect(await said()).toMatchObject([
      { text: 'it began at three', edited: {}, reactions: [{ name: 'pushpin', users: ['U0ANA'] }] },
    ]);
    await post('act/unreact', { ...on, name: 'pushpin' });
    expect(await said()).toMatchObject([{ reactions: [] }]);
    expect((await post('act/remove', { ...on, user: 'U0BEN' })).status).toBe(400);
    expect((await post('act/remove', on)).status).toBe(200);
    expect(await said()).toEqual([]);
  });

  it('is told in a sentence what cannot be done', async () => {
    const { status, body } = await post('act/click', {
      user: 'U0ANA',
      channel: 'incidents',
      ts: '1.1',
      actionId: 'go',
    });
    expect({ status, ...body }).toEqual({ status: 400, error: 'U0ANA sees no message 1.1 in #incidents.' });
    expect((await post('act/slash', { user: 'U0ANA' })).status).toBe(400);
    expect((await post('act/dance', {})).status).toBe(404);
    expect((await post('act/message', {}, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('learns of a command that reached nobody', async () => {
    const { body } = await post('act/slash', { user: 'U0ANA', channel: 'incidents', text: 'help' });
    expect(body).toEqual({ ok: false, shown: '/dr failed with the error "dispatch_failed"' });
    expect((await state()).refused).toMatchObject([{ from: 'Slack', error: 'dispatch_failed' }]);
  });
});

describe('trouble', () => {
  it('darkens a Region and brings it back', async () => {
    const { body } = await post('world/break', { kind: 'region-dark', region: 'us-east-1' });
    expect((await state()).world).toMatchObject({ regions: [{ region: 'us-east-1', dark: true }, { dark: false }] });
    expect((await post('world/mend', { id: body.id })).body).toEqual({ mended: true });
    expect((await state()).world).toMatchObject({ regions: [{ dark: false }, { dark: false }] });
    expect((await post('world/break', { kind: 'earthquake' })).status).toBe(400);
  });

  it('takes a far end down and up again', async () => {
    await post('trouble', { target: 'slack', down: '503' });
    const said = await post('act/message', { user: 'U0ANA', channel: 'incidents', text: 'x' });
    expect(said.body.error).toBe('Slack is down: nothing was sent.');
    await post('trouble', { target: 'slack', down: 'no' });
    expect((await post('act/message', { user: 'U0ANA', channel: 'incidents', text: 'x' })).status).toBe(200);
  });

  it('says until when Slack refuses every call, and takes it back', async () => {
    const until = async () => ((await state()).faults as { slack: { rateLimitedUntil: string | null } }).slack;
    expect(await until()).toMatchObject({ rateLimitedUntil: null });
    await post('trouble', { target: 'slack', rateLimitedSeconds: 3000 });
    expect(Date.parse((await until()).rateLimitedUntil ?? '')).toBeGreaterThan(clock.now().getTime());
    await post('trouble', { target: 'slack', rateLimitedSeconds: 0 });
    expect(await until()).toMatchObject({ rateLimitedUntil: null });
  });

  it('puts people to sleep and wakes them', async () => {
    const asleep = async () => (await state()).people as { name: string; asleep: boolean }[];
    expect((await post('people/sleep', { user: 'U0BEN', asleep: true })).status).toBe(200);
    expect((await asleep()).filter((one) => one.asleep).map(({ name }) => name)).toEqual(['ben']);
    await post('people/sleep', { user: 'U0BEN', asleep: false });
    expect((await asleep()).some((one) => one.asleep)).toBe(false);
    expect((await post('people/sleep', { user: 'U0NOBODY', asleep: true })).body.error).toBe(
      'Nobody here is U0NOBODY.',
    );
  });

  it('changes the pace of time', async () => {
    expect((await post('clock', { scale: 300 })).status).toBe(200);
    expect(clock.scale).toBe(300);
    expect((await post('clock', { scale: 601 })).status).toBe(400);
  });
});
