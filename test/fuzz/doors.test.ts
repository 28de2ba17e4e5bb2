import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMetrics } from '../../src/http/metrics.ts';
import { healthRoutes } from '../../src/http/routes.ts';
import { portOf, serveRoutes } from '../../src/slack/routes.ts';
import { type SlackEdge, startSlack } from '../../src/slack/start.ts';
import { type Bench, edgeOptions, startBench } from '../slack/bench.ts';
import { runs } from './material.ts';
import { sentenceFault } from './sentence.ts';
import { dawdle, exchange, gone, requestTo, statusOf } from './wire.ts';

const addresses = ['/healthz', '/readyz', '/metrics', '/slack/events', '/healthz?x=%ff', '/slack/events/', '/'];
const routes = healthRoutes({
  parts: async () => [{ name: 'database', vital: true, ok: true }],
  draining: () => false,
  metrics: createMetrics({ read: async () => null, leaseHeld: () => true, draining: () => false }).registry,
});

/** Requests that never end: in their head, in their body, in a chunk, or before they began. */
const halves = [
  '',
  'GET /healthz HT',
  'GET /healthz HTTP/1.1\r\nHost: muster\r\nX-Slow: ',
  'POST /slack/events HTTP/1.1\r\nHost: muster\r\nContent-Length: 1000\r\n\r\npayload=',
  'POST /slack/events HTTP/1.1\r\nHost: muster\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel',
];

let bench: Bench;
let edge: SlackEdge;
let beside: Server;
const ports = (): number[] => [edge.port ?? 0, portOf(beside)];
const slow: Socket[] = [];

beforeAll(async () => {
  bench = await startBench({}, 60);
  const options = edgeOptions(bench.muster, bench.slack, false);
  edge = await startSlack({ ...options, mode: { ...options.mode, routes } });
  beside = await serveRoutes(routes, { port: 0, host: '127.0.0.1' });
  // From here on they hold their connections, and nobody else notices.
  for (const port of ports()) for (const half of halves) slow.push(await dawdle({ port, host: '127.0.0.1' }, half));
});
afterAll(async () => {
  for (const socket of slow) socket.destroy();
  await new Promise((resolve) => beside.close(resolve));
  await edge.stop();
  await bench.close();
});

describe('whoever comes to the port', () => {
  it('is answered, whatever is asked and however, and never with an error of ours', async () => {
    await fc.assert(
      fc.asyncProperty(requestTo(addresses), fc.nat(1), async (request, which) => {
        const answer = await exchange({ port: ports()[which] ?? 0, host: '127.0.0.1' }, request);
        // What is no HTTP may find the connection closed, and nothing else.
        const status = statusOf(answer);
        if (status === null) expect(answer).toBe('');
        else expect(status).toBeLessThan(500);
        expect(answer).not.toMatch(/\n\s+at \S+|node_modules|TypeError/);
      }),
      runs(1_500),
    );
  });

  it.each(['//', '/%', '/nothing', '/healthz/', '/slack/events'])(
    'is told in a sentence what is not at %s',
    async (path) => {
      for (const port of ports()) {
        const answer = await exchange(
          { port, host: '127.0.0.1' },
          `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
        );
        expect(statusOf(answer)).toBe(404);
        const body = answer.slice(answer.indexOf('\r\n\r\n')).replace(/^\s*\w+\r\n|\r\n0\r\n\r\n$/g, '');
        expect(sentenceFault(body.trim())).toBeNull();
      }
    },
  );

  it('keeps no more of a body without end than a request may have', async () => {
    const before = process.memoryUsage().rss;
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const head = 'POST /slack/events HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 314572800\r\n\r\n';
    const socket = await dawdle({ port: ports()[0] ?? 0, host: '127.0.0.1' }, head);
    socket.removeAllListeners('data');
    const answer: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => answer.push(chunk));
    for (let sent = 0; sent < 300 && !socket.destroyed; sent += 1) {
      await new Promise((resolve) => socket.write(megabyte, resolve));
    }
    await gone(socket);
    expect(statusOf(Buffer.concat(answer).toString('latin1'))).toBe(413);
    expect((process.memoryUsage().rss - before) / megabyte.length).toBeLessThan(150);
  });

  it('is let go of when a request does not come to its end, and others are served meanwhile', async () => {
    for (const port of ports()) {
      const answer = await exchange(
        { port, host: '127.0.0.1' },
        'GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      );
      expect(statusOf(answer)).toBe(200);
    }
    for (const socket of slow) expect(await gone(socket)).toBe(true);
  }, 90_000);
});
