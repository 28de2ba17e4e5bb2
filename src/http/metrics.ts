import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted at the moment somebody asks; each read from the store. */
export interface Readings {
  runs: { status: string; count: number }[];
  steps: { status: string; count: number }[];
  consentsPending: number;
  outboxWaiting: number;
  /** Age in seconds of the oldest word that has not gone out; 0 when none waits. */
  outboxOldestSeconds: number;
  guardsArmed: number;
  /** Of the engine: runs under way, and what a restart has yet to go through. */
  workflowsUnfinished: number;
  promises: { status: string; count: number }[];
}

export interface Metrics {
  registry: Registry;
  /** An acknowledgement to Slack took `seconds`. */
  acked(seconds: number): void;
  /** A run ended. */
  runEnded(outcome: string): void;
  /** A step reached an end after `seconds`. */
  stepEnded(action: string, status: string, seconds: number): void;
  /** A word to people was delivered or refused. */
  delivered(to: string, state: string): void;
}

/** A registry of its own; `read` is asked at each scrape, and a reading that fails fails the scrape. */
export function createMetrics(read: () => Promise<Readings>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gaugeReadings(registry, read);
  const registers = [registry];
  const acks = new Histogram({
    name: 'muster_ack_seconds',
    help: 'Time from a Slack request to its acknowledgement.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    registers,
  });
  const runs = new Counter({
    name: 'muster_runs_ended_total',
    help: 'Runs that ended.',
    labelNames: ['outcome'],
    registers,
  });
  const steps = new Histogram({
    name: 'muster_step_seconds',
    help: 'How long steps took.',
    labelNames: ['action', 'status'],
    buckets: [1, 5, 15, 60, 300, 900, 3600],
    registers,
  });
  const words = new Counter({
    name: 'muster_words_total',
    help: 'Words to people.',
    labelNames: ['to', 'state'],
    registers,
  });
  return {
    registry,
    acked: (seconds) => acks.observe(seconds),
    runEnded: (outcome) => runs.inc({ outcome }),
    stepEnded: (action, status, seconds) => steps.observe({ action, status }, seconds),
    delivered: (to, state) => words.inc({ to, state }),
  };
}

function gaugeReadings(registry: Registry, read: () => Promise<Readings>): void {
  const once = shareWhileOpen(read);
  const number = (name: string, help: string, value: (readings: Readings) => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(value(await once()));
      },
    });
  };
  const byStatus = (name: string, help: string, of: (readings: Readings) => Readings['runs']): void => {
    new Gauge({
      name,
      help,
      labelNames: ['status'],
      registers: [registry],
      async collect() {
        const counts = of(await once());
        this.reset();
        for (const { status, count } of counts) this.set({ status }, count);
      },
    });
  };
  byStatus('muster_runs', 'Runs by status.', (readings) => readings.runs);
  byStatus('muster_steps', 'Steps of runs under way, by status.', (readings) => readings.steps);
  number('muster_consents_pending', 'Consents that wait for people.', (readings) => readings.consentsPending);
  number('muster_outbox_waiting', 'Words that have not gone out.', (readings) => readings.outboxWaiting);
  number(
    'muster_outbox_oldest_seconds',
    'Age of the oldest words that have not gone out.',
    (readings) => readings.outboxOldestSeconds,
  );
  number('muster_workflows_unfinished', 'Workflows that have not ended.', (readings) => readings.workflowsUnfinished);
  byStatus(
    'muster_promises',
    'Promises of words, first or next, by what became of them.',
    (readings) => readings.promises,
  );
  number('muster_guards_armed', 'Return guards on watch.', (readings) => readings.guardsArmed);
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
