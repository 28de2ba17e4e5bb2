import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { type MetricSpec, metricList, metricTable } from '../../src/http/metric-list.ts';
import { createMetrics, type Metrics, type Readings } from '../../src/http/metrics.ts';
import { type Family, readMetricsText } from './read-metrics.ts';

const reading: Readings = {
  runs: [{ status: 'running', count: 2 }],
  steps: [{ status: 'done', count: 5 }],
  consentsPending: 1,
  outbox: [{ to: 'statuspage', count: 3, oldestSeconds: 41.5 }],
  guards: { armed: 2, troubled: 1 },
  workflowsUnfinished: 4,
  promises: [
    { status: 'kept', count: 7 },
    { status: 'open', count: 9 },
  ],
};
const sources = { read: async (): Promise<Readings | null> => reading, leaseHeld: () => true, draining: () => false };

async function scrape(metrics: Metrics): Promise<Map<string, Family>> {
  return readMetricsText(await metrics.registry.metrics());
}

function valueIn(families: Map<string, Family>, name: string, labels: Record<string, string> = {}, of = name) {
  const samples = families.get(of)?.samples.filter((sample) => sample.name === name) ?? [];
  return samples.find((sample) => JSON.stringify(sample.labels) === JSON.stringify(labels))?.value;
}

/** Something of everything has happened once. */
function happen(metrics: Metrics): void {
  metrics.acked(0.02);
  metrics.runEnded({ outcome: 'succeeded', kind: 'recovery' });
  metrics.stepEnded({ action: 'rds.promote-read-replica', outcome: 'done', seconds: 12 });
  metrics.stepEnded({ action: 'rds.promote-read-replica', outcome: 'skipped', seconds: null });
  metrics.carried({ lane: 'slack', outcome: 'sent' });
  metrics.awsAnswered({ service: 'rds', outcome: 'throttled' });
  metrics.waited('route53', 1.5);
  metrics.leasesLost(2);
  metrics.degraded([
    { name: 'slack', ok: false },
    { name: 'aws', ok: true },
  ]);
}

describe('metrics', () => {
  it('say what happened, in the format that Prometheus reads', async () => {
    const metrics = createMetrics(sources);
    happen(metrics);
    const seen = await scrape(metrics);
    const value = (name: string, labels?: Record<string, string>, of?: string) => valueIn(seen, name, labels, of);
    expect(value('muster_ack_seconds_count', {}, 'muster_ack_seconds')).toBe(1);
    expect(value('muster_ack_seconds_bucket', { le: '0.025' }, 'muster_ack_seconds')).toBe(1);
    expect(value('muster_ack_seconds_bucket', { le: '0.01' }, 'muster_ack_seconds')).toBe(0);
    expect(value('muster_runs_total', { outcome: 'succeeded', kind: 'recovery' })).toBe(1);
    expect(value('muster_steps_total', { action: 'rds.promote-read-replica', outcome: 'done' })).toBe(1);
    expect(value('muster_steps_total', { action: 'rds.promote-read-replica', outcome: 'skipped' })).toBe(1);
    expect(value('muster_step_seconds_count', { action: 'rds.promote-read-replica' }, 'muster_step_seconds')).toBe(1);
    expect(value('muster_words_total', { lane: 'slack', outcome: 'sent' })).toBe(1);
    expect(value('muster_aws_requests_total', { service: 'rds', outcome: 'throttled' })).toBe(1);
    expect(value('muster_limiter_wait_seconds_sum', { service: 'route53' }, 'muster_limiter_wait_seconds')).toBe(1.5);
    expect(value('muster_lease_held')).toBe(1);
    expect(value('muster_lease_lost_total')).toBe(2);
    expect([value('muster_degraded', { part: 'slack' }), value('muster_degraded', { part: 'aws' })]).toEqual([1, 0]);
  });

  it('read the store at each scrape, with 0 where nothing is', async () => {
    const seen = await scrape(createMetrics(sources));
    const value = (name: string, labels?: Record<string, string>) => valueIn(seen, name, labels);
    expect([
      value('muster_runs_under_way', { status: 'running' }),
      value('muster_runs_under_way', { status: 'paused' }),
    ]).toEqual([2, 0]);
    expect(value('muster_outbox_oldest_age_seconds', { lane: 'statuspage' })).toBe(41.5);
    expect(value('muster_outbox_oldest_age_seconds', { lane: 'slack' })).toBe(0);
    expect([
      value('muster_promises_total', { outcome: 'kept' }),
      value('muster_promises_total', { outcome: 'broken' }),
    ]).toEqual([7, 0]);
    expect(value('muster_promises_total', { outcome: 'open' })).toBeUndefined();
    expect([value('muster_guards_armed'), value('muster_guards_in_trouble'), value('muster_store_up')]).toEqual([
      2, 1, 1,
    ]);
  });

  it('do not count the store twice at a second scrape', async () => {
    const metrics = createMetrics(sources);
    await scrape(metrics);
    expect(valueIn(await scrape(metrics), 'muster_promises_total', { outcome: 'kept' })).toBe(7);
  });

  it('leave out what is not known while the store is silent, and still say the rest', async () => {
    const metrics = createMetrics({ ...sources, read: async () => null });
    happen(metrics);
    const seen = await scrape(metrics);
    expect(valueIn(seen, 'muster_store_up')).toBe(0);
    expect(seen.get('muster_guards_armed')?.samples).toEqual([]);
    expect(seen.get('muster_outbox_waiting')?.samples).toEqual([]);
    expect(valueIn(seen, 'muster_ack_seconds_count', {}, 'muster_ack_seconds')).toBe(1);
  });

  it('are exactly those of the list, with its types and labels', async () => {
    const metrics = createMetrics(sources);
    happen(metrics);
    const own = [...(await scrape(metrics))].filter(([name]) => name.startsWith('muster_'));
    expect(own.map(([name]) => name).sort()).toEqual(Object.keys(metricList).sort());
    const specs: Record<string, MetricSpec> = metricList;
    for (const [name, { type, help, samples }] of own) {
      expect([name, type]).toEqual([name, specs[name]?.type]);
      expect(help.startsWith(specs[name]?.help ?? '?')).toBe(true);
      const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)).filter((label) => label !== 'le'));
      expect([name, [...labels].sort()]).toEqual([name, [...(specs[name]?.labels ?? [])].sort()]);
    }
  });

  it('keep to the conventions of their names', () => {
    for (const [name, { type }] of Object.entries<MetricSpec>(metricList)) {
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    }
  });

  it('are in docs/operations.md as they are', async () => {
    expect(await readFile('docs/operations.md', 'utf8')).toContain(metricTable());
  });
});
