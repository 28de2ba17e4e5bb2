import { describe, expect, it } from '@jest/globals';
import { call, slackWith } from './workbench.ts';

describe('rate limits', () => {
  it('lets about one message a second into a channel after a burst, and the next channel is free', async () => {
    let now = Date.UTC(2026, 0, 1);
    const slack = await slackWith({ rateLimits: true, now: () => new Date(now) });
    const post = (channel: string) => call(slack, 'chat.postMessage', { channel, text: 'x' });
    for (let at = 0; at < 5; at++) expect((await post('#incidents')).status).toBe(200);
    const refused = await post('#incidents');
    expect(refused).toMatchObject({ status: 429, body: { ok: false, error: 'ratelimited' } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await post('#stakeholders')).status).toBe(200);
    now += 1000;
    expect((await post('#incidents')).status).toBe(200);
    expect((await post('#incidents')).status).toBe(429);
  });

  it("counts a method's calls over a minute, by its tier", async () => {
    let now = Date.UTC(2026, 0, 1);
    const slack = await slackWith({ rateLimits: true, now: () => new Date(now) });
    for (let at = 0; at < 20; at++) expect((await call(slack, 'users.list')).status).toBe(200);
    const refused = await call(slack, 'users.list');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect((await call(slack, 'users.info', { user: 'U0ANA' })).status).toBe(200);
    now += 60_001;
    expect((await call(slack, 'users.list')).status).toBe(200);
  });

  it('tells real seconds when time runs faster', async () => {
    const now = Date.UTC(2026, 0, 1);
    const slack = await slackWith({ rateLimits: true, now: () => new Date(now), scale: () => 60 });
    slack.limits.refuseAll(120_000);
    expect((await call(slack, 'auth.test')).headers.get('retry-after')).toBe('2');
  });
});
