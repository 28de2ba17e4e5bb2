import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createMetrics } from '../../src/http/metrics.ts';
import { healthRoutes, type Part } from '../../src/http/routes.ts';

const quiet = { read: async () => null, leaseHeld: () => true, draining: () => false };

describe('health, readiness and metrics', () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  async function serve(parts: () => Promise<Part[]>, draining = false) {
    const metrics = createMetrics(quiet).registry;
    const routes = healthRoutes({ parts, draining: () => draining, metrics });
    const server = createServer((request, response) => {
      routes.find((route) => route.path === request.url)?.handler(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    stops.push(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: response.status, body: await response.text() };
    };
  }

  const database = { name: 'database', vital: true, ok: true };
  const slack = { name: 'slack', vital: false, ok: true };
  const since = new Date('2026-03-01T12:00:00Z');

  it('is alive whatever it leans on', async () => {
    const get = await serve(async () => [{ ...database, ok: false, why: 'refused' }]);
    expect(await get('/healthz')).toEqual({ status: 200, body: '{"status":"ok"}\n' });
  });

  it('is ready when every part is', async () => {
    const get = await serve(async () => [database, slack]);
    expect(await get('/readyz')).toEqual({ status: 200, body: '{"status":"ready"}\n' });
  });

  it('is degraded, and takes requests, without Slack', async () => {
    const get = await serve(async () => [database, { ...slack, ok: false, why: 'auth.test answered 503', since }]);
    const { status, body } = await get('/readyz');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      status: 'degraded',
      degraded: [{ part: 'slack', why: 'auth.test answered 503', since: '2026-03-01T12:00:00.000Z' }],
    });
  });

  it('is not ready without the database', async () => {
    const get = await serve(async () => [
      { ...database, ok: false, why: 'connection refused', since },
      { ...slack, ok: false },
    ]);
    const { status, body } = await get('/readyz');
    expect(status).toBe(503);
    expect(JSON.parse(body)).toEqual({
      status: 'unavailable',
      unavailable: [{ part: 'database', why: 'connection refused', since: '2026-03-01T12:00:00.000Z' }],
      degraded: [{ part: 'slack', why: 'it did not answer', since: null }],
    });
  });

  it('is not ready when readiness itself cannot be read, and says nothing of the error', async () => {
    const get = await serve(async () => {
      throw new Error('postgres://muster:hunter2@db');
    });
    const { status, body } = await get('/readyz');
    expect(status).toBe(503);
    expect(body).not.toContain('hunter2');
  });

  it('is not ready while it drains, and still alive and measured', async () => {
    const get = await serve(async () => [database, slack], true);
    expect(await get('/readyz')).toEqual({ status: 503, body: '{"status":"draining"}\n' });
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/metrics')).status).toBe(200);
  });
});
