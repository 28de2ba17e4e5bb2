import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FarEnds, startFarEnds } from '../../../sandbox/far-ends.ts';
import { startPage } from '../../../sandbox/server.ts';
import { summaryOf } from '../../../sandbox/web/src/mail/arrived.ts';
import type { Served } from '../../../sandbox/wire/serve.ts';
import { createScaledClock } from '../../../src/clock/scaled-clock.ts';
import { exampleCloud } from '../../support/example-cloud.ts';
import { home, scopes } from '../home.ts';

let farEnds: FarEnds;
let page: Served;

beforeEach(async () => {
  const now = new Date();
  const clock = createScaledClock({ realOrigin: now, origin: now, scale: 60 });
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

function arrives(subject: string): void {
  farEnds.mail.mailbox.received.push({
    at: '2026-03-01T14:00:00.000Z',
    from: 'dr@example.com',
    to: 'ben@example.com',
    messageId: '<1@example.com>',
    subject,
    text: subject,
    html: `<p style="color:red">${subject}</p><script>alert(1)</script>`,
    headers: {},
  });
}

describe('a mail on the page', () => {
  it('is listed, the newest first, without its HTML part', async () => {
    for (let count = 0; count < 60; count++) arrives(`Mail ${count}`);
    const state = (await (await fetch(`${page.url}/sandbox/api/state`)).json()) as {
      mail: { count: number; mails: Record<string, unknown>[] };
    };
    expect(state.mail.count).toBe(60);
    expect(state.mail.mails).toHaveLength(50);
    expect(state.mail.mails[0]).toMatchObject({ id: 59, subject: 'Mail 59', to: 'ben@example.com' });
    expect(state.mail.mails[0]).not.toHaveProperty('html');
  });

  it('has its HTML part at an address of its own that keeps its styles, and runs and loads nothing', async () => {
    arrives('First');
    arrives('Second');
    const response = await fetch(`${page.url}/sandbox/api/mail/1`);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('Second');
    const policy = response.headers.get('content-security-policy')?.split('; ');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "style-src 'unsafe-inline'", 'sandbox']));
  });

  it.each(['mail/2', 'mail/-1', 'mail/1e0', 'mail/', 'mail/0/html'])(
    'is not at %s when two have arrived',
    async (path) => {
      arrives('First');
      arrives('Second');
      expect((await fetch(`${page.url}/sandbox/api/${path}`)).status).toBe(404);
    },
  );
});

describe('a page to somebody on call', () => {
  it.each([
    [{ action: 'trigger', label: 'INC-1', summary: 'Down' }, 'trigger · INC-1 · Down'],
    [{ event_action: 'trigger', payload: { summary: 'Down' } }, 'trigger · Down'],
    [{ title: 'Down', payload: 'text' }, 'Down'],
    [{}, 'A page'],
  ])('is summed up whatever its pager calls things: %j', (body, summary) => {
    expect(summaryOf(body)).toBe(summary);
  });
});
