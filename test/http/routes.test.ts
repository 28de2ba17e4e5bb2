import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createMetrics, type Readings } from '../../src/http/metrics.ts';
import { healthRoutes, type Part } from '../../src/http/routes.ts';

const nothing: Readings = {
  runs: [],
  steps: [],
  consentsPending: 0,
  outboxWaiting: 0,
  outboxOldestSeconds: 0,
  guardsArmed: 0,
  workflowsUnfinished: 0,
  promises: [],
};

describe('health, readiness and metrics', () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  async function serve(parts: () => Promise<Part[]>, metrics = createMetrics(async () => nothing)) {
    const routes = healthRoutes({ readiness: async () => ({ parts: await parts() }), metrics: metrics.registry });
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

  it('is alive whatever it leans on', async () => {
    const get = await serve(async () => [{ ...database, ok: false, why: 'refused' }]);
    expect(await get('/healthz')).toEqual({ status: 200, body: '{"status":"ok"}\n' });
  });

  it('is ready when every part is', async () => {
    const get = await serve(async () => [database, slack]);
    expect(await get('/readyz')).toEqual({ status: 200, body: '{"status":"ready"}\n' });
  });

  it('is degraded, and takes requests, without Slack', async () => {
    const get = await serve(async () => [database, { ...slack, ok: false, why: 'auth.test answered 503' }]);
    const { status, body } = await get('/readyz');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      status: 'degraded',
      degraded: ['slack'],
      why: { slack: 'auth.test answered 503' },
    });
  });

  it('is not ready without the database', async () => {
    const get = await serve(async () => [{ ...database, ok: false, why: 'connection refused' }, slack]);
    const { status, body } = await get('/readyz');
    expect(status).toBe(503);
    expect(JSON.parse(body).why).toEqual({ database: 'connection refused' });
  });

  it('is not ready when readiness itself cannot be read, and says nothing of the error', async () => {
    const get = await serve(async () => {
      throw new Error('postgres://muster:hunter2@db');
    });
    const { status, body } = await get('/readyz');
    expect(status).toBe(503);
    expect(body).not.toContain('hunter2');
  });

  it('counts what happens and reads the rest when asked', async () => {
    let waiting = 3;
    const metrics = createMetrics(async () => ({
      ...nothing,
      runs: waiting > 0 ? [{ status: 'running', count: 2 }] : [],
      outboxWaiting: waiting,
      outboxOldestSeconds: 41,
    }));
    metrics.acked(0.02);
    metrics.runEnded('succeeded');
    metrics.stepEnded('rds.promote-read-replica', 'done', 12);
    metrics.delivered('slack', 'sent');
    const get = await serve(async () => [], metrics);

    const first = (await get('/metrics')).body;
    expect(first).toContain('muster_ack_seconds_count 1');
    expect(first).toContain('muster_runs{status="running"} 2');
    expect(first).toContain('muster_outbox_waiting 3');
    expect(first).toContain('muster_outbox_oldest_seconds 41');
    expect(first).toContain('muster_runs_ended_total{outcome="succeeded"} 1');
    expect(first).toContain('muster_step_seconds_count{action="rds.promote-read-replica",status="done"} 1');
    expect(first).toContain('muster_words_total{to="slack",state="sent"} 1');

    waiting = 0;
    const second = (await get('/metrics')).body;
    expect(second).toContain('muster_outbox_waiting 0');
    expect(second).not.toContain('muster_runs{status="running"}');
  });
});
