import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { purposes } from '../domain/command.ts';
import type { RunOutcome } from '../domain/run.ts';
import { type MetricName, type MetricSpec, metricList } from './metric-list.ts';

/** What is counted at the moment somebody asks; each read from the store. */
export interface Readings {
  runs: readonly Count[];
  steps: readonly Count[];
  consentsPending: number;
  /** `oldestSeconds` is the age of the oldest word that has not gone out. */
  outbox: readonly { to: string; count: number; oldestSeconds: number }[];
  guards: { armed: number; troubled: number };
  /** Of the engine: runs under way, and what a restart has yet to go through. */
  workflowsUnfinished: number;
  promises: readonly Count[];
}

interface Count {
  status: string;
  count: number;
}

export interface Metrics {
  registry: Registry;
  /** An acknowledgement to Slack took `seconds`. */
  acked(seconds: number): void;
  runEnded(of: { outcome: RunOutcome; kind: (typeof runKinds)[number] }): void;
  /** `seconds` is null where the step never began. */
  stepEnded(of: { action: string; outcome: string; seconds: number | null }): void;
  /** A word was carried, or not, to a far end. */
  carried(of: { lane: string; outcome: string }): void;
  awsAnswered(of: { service: string; outcome: string }): void;
  /** A request had to wait `seconds` for its turn. */
  waited(service: string, seconds: number): void;
  /** This many leases of others were found to have run out. */
  leasesLost(count: number): void;
  degraded(parts: readonly { name: string; ok: boolean }[]): void;
}

export interface MetricSources {
  /** Asked at each scrape; null where the store gives no answer. */
  read: () => Promise<Readings | null>;
  leaseHeld: () => boolean;
  draining: () => boolean;
}

/** Where words go: each has its number from the start, also while nothing waits. */
const lanes = ['slack', 'statuspage', 'email', 'pager'];

/** There with 0 from the start: a first failure would otherwise be no increase of anything. */
const runOutcomes: readonly RunOutcome[] = ['succeeded', 'succeeded-with-exceptions', 'failed', 'aborted', 'undone'];
const runKinds = [...purposes, 'undo'] as const;

/** A registry of its own, made of exactly what the list has. */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const make = makersIn(registry);
  collectStore(make, sources);
  make.gauge('muster_lease_held', (gauge) => gauge.set(sources.leaseHeld() ? 1 : 0));
  make.gauge('muster_draining', (gauge) => gauge.set(sources.draining() ? 1 : 0));
  const acks = make.histogram('muster_ack_seconds');
  const runs = make.counter('muster_runs_total');
  for (const outcome of runOutcomes) for (const kind of runKinds) runs.inc({ outcome, kind }, 0);
  const steps = make.counter('muster_steps_total');
  const stepSeconds = make.histogram('muster_step_seconds');
  const words = make.counter('muster_words_total');
  const aws = make.counter('muster_aws_requests_total');
  const waits = make.histogram('muster_limiter_wait_seconds');
  const lost = make.counter('muster_lease_lost_total');
  const parts = make.gauge('muster_degraded');
  return {
    registry,
    acked: (seconds) => acks.observe(seconds),
    runEnded: (of) => runs.inc(of),
    stepEnded: ({ seconds, ...of }) => {
      steps.inc(of);
      if (seconds !== null) stepSeconds.observe({ action: of.action }, seconds);
    },
    carried: (of) => words.inc(of),
    awsAnswered: (of) => aws.inc(of),
    waited: (service, seconds) => waits.observe({ service }, seconds),
    leasesLost: (count) => lost.inc(count),
    degraded: (all) => {
      for (const { name, ok } of all) parts.set({ part: name }, ok ? 0 : 1);
    },
  };
}

type Sample = [labels: Record<string, string>, value: number];

/** What each metric of the store is, in one reading of it. */
const shared: Partial<Record<MetricName, (readings: Readings) => Sample[]>> = {
  muster_runs_under_way: ({ runs }) => byStatus('status', ['running', 'paused', 'aborting'], runs),
  muster_steps_under_way: ({ steps }) => byStatus('status', [], steps),
  muster_workflows_unfinished: (readings) => [[{}, readings.workflowsUnfinished]],
  muster_consents_pending: (readings) => [[{}, readings.consentsPending]],
  muster_outbox_waiting: ({ outbox }) => byLane(outbox, ({ count }) => count),
  muster_outbox_oldest_age_seconds: ({ outbox }) => byLane(outbox, ({ oldestSeconds }) => oldestSeconds),
  muster_promises_total: ({ promises }) =>
    byStatus('outcome', ['kept', 'broken'], promises).filter(
      ([{ outcome }]) => outcome === 'kept' || outcome === 'broken',
    ),
  muster_guards_armed: ({ guards }) => [[{}, guards.armed]],
  muster_guards_in_trouble: ({ guards }) => [[{}, guards.troubled]],
};

/** `always` are there with 0 too: what appears only once it has happened cannot be watched for its first time. */
function byStatus(label: string, always: readonly string[], counts: readonly Count[]): Sample[] {
  const found = new Map([
    ...always.map((name) => [name, 0] as const),
    ...counts.map((c) => [c.status, c.count] as const),
  ]);
  return [...found].map(([name, count]) => [{ [label]: name }, count]);
}

function byLane(outbox: Readings['outbox'], value: (waiting: Readings['outbox'][number]) => number): Sample[] {
  return lanes.map((lane) => {
    const waiting = outbox.find(({ to }) => to === lane);
    return [{ lane }, waiting ? value(waiting) : 0];
  });
}

function collectStore(make: Makers, { read }: MetricSources): void {
  const once = shareWhileOpen(read);
  for (const [name, samples] of Object.entries(shared)) {
    const { type }: MetricSpec = metricList[name as MetricName];
    const put = async (metric: Counter | Gauge): Promise<void> => {
      const readings = await once();
      metric.reset();
      // A number that is not known is left out; a reset leaves 0 where there are no labels.
      if (readings === null) metric.remove({});
      else for (const [labels, value] of samples(readings)) metric.inc(labels, value);
    };
    if (type === 'counter') make.counter(name as MetricName, put);
    else make.gauge(name as MetricName, put);
  }
  make.gauge('muster_store_up', async (gauge) => gauge.set((await once()) === null ? 0 : 1));
}

type Makers = ReturnType<typeof makersIn>;

function makersIn(registry: Registry) {
  const config = (name: MetricName) => {
    const { help, labels = [], shared: isShared }: MetricSpec = metricList[name];
    return {
      name,
      help: isShared ? `${help} The same in every replica.` : help,
      labelNames: labels,
      registers: [registry],
    };
  };
  const collecting = <Metric>(collect?: (metric: Metric) => void | Promise<void>) =>
    collect === undefined
      ? {}
      : {
          collect(this: Metric) {
            return collect(this);
          },
        };
  return {
    counter: (name: MetricName, collect?: (metric: Counter) => void | Promise<void>) =>
      new Counter({ ...config(name), ...collecting<Counter>(collect) }),
    gauge: (name: MetricName, collect?: (metric: Gauge) => void | Promise<void>) =>
      new Gauge({ ...config(name), ...collecting<Gauge>(collect) }),
    histogram: (name: MetricName) => {
      const { buckets = [] }: MetricSpec = metricList[name];
      return new Histogram({ ...config(name), buckets: [...buckets] });
    },
  };
}

/** Gauges are collected all at once: they share one reading, and the next scrape makes a new one. */
function shareWhileOpen<T>(read: () => Promise<T>): () => Promise<T> {
  let open: Promise<T> | undefined;
  return () => {
    open ??= read().finally(() => {
      open = undefined;
    });
    return open;
  };
}
