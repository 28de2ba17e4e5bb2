/** One metric of Muster's own, as people read of it. Source: docs/operations.md, which a test compares with this. */
export interface MetricSpec {
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  labels?: readonly string[];
  /** In seconds. */
  buckets?: readonly number[];
  /** Read from the database, and so the same in every replica: take the largest, not the sum. */
  shared?: true;
}

const short = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
const long = [1, 5, 15, 60, 300, 900, 1800, 3600];

export const metricList = {
  muster_ack_seconds: {
    type: 'histogram',
    help: 'Time from a Slack request to its acknowledgement; Slack waits three seconds.',
    buckets: short,
  },
  muster_runs_total: {
    type: 'counter',
    help: 'Runs that ended here. `kind` is the purpose of the command, or `undo`.',
    labels: ['outcome', 'kind'],
  },
  muster_steps_total: {
    type: 'counter',
    help: 'Steps of runs that came to an end here; one that is retried counts each time.',
    labels: ['action', 'outcome'],
  },
  muster_step_seconds: {
    type: 'histogram',
    help: 'How long those steps took from their first beginning.',
    labels: ['action'],
    buckets: long,
  },
  muster_words_total: {
    type: 'counter',
    help: 'Attempts to carry a word to a far end: `sent`, `refused`, or put off until `later`.',
    labels: ['lane', 'outcome'],
  },
  muster_aws_requests_total: {
    type: 'counter',
    help: 'Requests to AWS by how they ended after the SDK’s own retries.',
    labels: ['service', 'outcome'],
  },
  muster_limiter_wait_seconds: {
    type: 'histogram',
    help: 'How long a request waited for its turn under Muster’s own limit for the service.',
    labels: ['service'],
    buckets: short,
  },
  muster_lease_held: { type: 'gauge', help: '1 while this process may send effects.' },
  muster_lease_lost_total: {
    type: 'counter',
    help: 'Leases of silent processes that this one found run out; it took over their work.',
  },
  muster_degraded: {
    type: 'gauge',
    help: '1 for each part that is in trouble, as /readyz names it, when that was last looked at.',
    labels: ['part'],
  },
  muster_draining: { type: 'gauge', help: '1 from the signal to stop until the end.' },
  muster_store_up: {
    type: 'gauge',
    help: '0 when the database gave no answer to this scrape; what is shared is absent then.',
  },
  muster_runs_under_way: { type: 'gauge', help: 'Runs that have not ended.', labels: ['status'], shared: true },
  muster_steps_under_way: { type: 'gauge', help: 'Steps of those runs.', labels: ['status'], shared: true },
  muster_workflows_unfinished: { type: 'gauge', help: 'Workflows that have not ended.', shared: true },
  muster_consents_pending: { type: 'gauge', help: 'Requests for approval that wait for people.', shared: true },
  muster_outbox_waiting: { type: 'gauge', help: 'Words that have not gone out.', labels: ['lane'], shared: true },
  muster_outbox_oldest_age_seconds: {
    type: 'gauge',
    help: 'Age of the oldest word that has not gone out; 0 when none waits.',
    labels: ['lane'],
    shared: true,
  },
  muster_promises_total: {
    type: 'counter',
    help: 'Promises of words by a given time: `kept` or `broken`.',
    labels: ['outcome'],
    shared: true,
  },
  muster_guards_armed: { type: 'gauge', help: 'Return guards on watch.', shared: true },
  muster_guards_in_trouble: {
    type: 'gauge',
    help: 'Those of them that could not fence when they last tried.',
    shared: true,
  },
} as const satisfies Record<string, MetricSpec>;

export type MetricName = keyof typeof metricList;

/** The list as docs/operations.md shows it. */
export function metricTable(): string {
  const rows = Object.entries<MetricSpec>(metricList).map(
    ([name, { type, labels = [], shared, help }]) =>
      `| ${[`\`${name}\``, type, labels.map((label) => `\`${label}\``).join(', '), shared ? 'store' : 'process', help].join(' | ')} |`,
  );
  return ['| metric | type | labels | of | meaning |', '|---|---|---|---|---|', ...rows].join('\n');
}
