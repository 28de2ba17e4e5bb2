import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/domain/errors.ts';
import { startSlack } from '../../src/slack/start.ts';
import { type Bench, edgeOptions, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({}, 60);
});
afterAll(() => bench.close());

const options = () => edgeOptions(bench.muster, bench.slack, false);

describe('the start', () => {
  it('ends with one sentence when the bot token is refused', async () => {
    const { mode } = options();
    const wrong = startSlack({ ...options(), mode: { ...mode, botToken: 'xoxb-wrong' } });
    await expect(wrong).rejects.toThrow(/SLACK_BOT_TOKEN is refused/);
    await expect(wrong).rejects.toBeInstanceOf(Refusal);
    await expect(wrong).rejects.not.toThrow(/xoxb-wrong/);
  });

  it('ends with one sentence when the app token is refused', async () => {
    const mode = { kind: 'socket', botToken: bench.slack.tokens.bot, appToken: 'xapp-wrong' } as const;
    await expect(startSlack({ ...options(), mode })).rejects.toThrow(/SLACK_APP_TOKEN is refused/);
  });

  it('ends with one sentence when the port is taken', async () => {
    const { mode } = options();
    const taken = startSlack({ ...options(), mode: { ...mode, port: bench.edge.port ?? 0 } });
    await expect(taken).rejects.toThrow(/Port \d+ is taken/);
  });

  it('goes on when Slack does not answer, and says that it is degraded', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const edge = await startSlack({ ...options(), apiUrl: `http://127.0.0.1:${port}/api/` });
    expect(edge.health()).toMatchObject({ ok: false, why: expect.stringContaining('Slack') });
    await edge.stop();
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  it('serves other routes beside Slack’s', async () => {
    const { mode } = options();
    const route = {
      path: '/healthz',
      method: 'GET',
      handler: (_request: unknown, response: { end(text: string): void }) => response.end('well'),
    };
    const edge = await startSlack({ ...options(), mode: { ...mode, routes: [route] } });
    expect(await (await fetch(`http://127.0.0.1:${edge.port}/healthz`)).text()).toBe('well');
    expect(edge.health()).toEqual({ ok: true, why: null });
    await edge.stop();
  });
});
