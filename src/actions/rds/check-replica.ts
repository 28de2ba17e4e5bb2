import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { Duration } from '../../domain/duration.ts';
import { notSeen } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead, type Observed } from '../kit/define.ts';
import { instant, label, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { readInstance, sourceOf } from './instance.ts';
import { dataAtRisk, type Lag, readLag } from './lag.ts';
import { promotedByRun, riskOfPromoted } from './promoted.ts';
import { checkAvailable, checkIsReplica, checkLag, checkReplication, nothingLeft } from './replica-checks.ts';

const Input = z.strictObject({
  region: region.describe("The replica's Region."),
  instance: label.describe('DB instance identifier of the replica.'),
  max_lag: Duration.describe('The largest replication lag to accept, usually the RPO.'),
});

const Output = z.strictObject({
  lag_seconds: z
    .number()
    .nullable()
    .describe(
      'Replication lag, seconds; null when an ungraceful run found no reading, or a run has promoted it already.',
    ),
  read_at: instant.nullable().describe('When that lag was measured; null when a run has promoted it already.'),
  source: z.string().nullable().describe('The instance it replicates from; null when a run has promoted it already.'),
});

type In = z.output<typeof Input>;

export const checkReplica = defineRead({
  name: 'rds.check-replica',
  version: 1,
  summary: 'Check that a read replica is up and close behind its primary',
  input: Input,
  output: Output,
  binds: ['instance', 'source'],
  checks: [
    'the instance is available',
    'it is a read replica, or a run has promoted it already: then nothing is left to replicate',
    'replication runs; an ungraceful run may carry that it is broken',
    'the lag is within max_lag: graceful, the largest of the last five minutes; ungraceful, the last minute before the impact began',
  ],
  iam: { read: ['rds:DescribeDBInstances', 'cloudwatch:GetMetricData'], effect: [] },
  plane: { kind: 'control', region: 'own' },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const { checks, lag, source, by } = await read(input, ctx);
    return {
      target: null,
      before: {
        instance: input.instance,
        source,
        lag_seconds: lag.ok && lag.value.state === 'known' ? lag.value.seconds : null,
      },
      after: {},
      noChange: false,
      checks,
      estimateMs: usual.instant,
      dataAtRisk: by === undefined ? dataAtRisk(lag, ctx) : riskOfPromoted(by),
    };
  },
  async observe(input, ctx) {
    const { instance, checks, lag, source, by } = await read(input, ctx);
    if (!instance.ok && instance.fault === 'not-found')
      return { state: 'failed', why: instance.sentence, cause: instance.fault };
    if (!instance.ok) return notSeen(instance, pace.service);
    if (by !== undefined) return { state: 'done', output: { lag_seconds: null, read_at: null, source: null } };
    if (!lag.ok) return notSeen(lag, pace.service);
    const open = checks.find((check) => check.verdict !== 'pass' && !carriedByMode(check, ctx));
    if (open || source === null) return waitFor(open);
    return { state: 'done', output: outputOf(lag.value, source, ctx) };
  },
});

async function read(input: In, ctx: KitContext) {
  const [instance, lag] = await Promise.all([readInstance(input, ctx), readLag(input, ctx)]);
  const by = instance.ok ? promotedByRun(instance.value) : undefined;
  const checks = [
    checkAvailable(instance),
    checkIsReplica(instance),
    checkReplication(instance, lag, ctx.mode),
    checkLag(lag, input.max_lag, ctx.mode),
  ].map((check) => (by === undefined || check.id === 'instance' ? check : nothingLeft(check, by)));
  return { instance, lag, checks, by, source: instance.ok ? sourceOf(instance.value) : null };
}

/** The consent to an ungraceful run has accepted the loss that its plan showed. */
function carriedByMode(check: Check, { mode }: KitContext): boolean {
  return mode === 'ungraceful' && check.carry === 'ungraceful';
}

function waitFor(check: Check | undefined): Observed<never> {
  const { title, found, expected, verdict, cause }: Pick<Check, 'title' | 'found' | 'expected' | 'verdict' | 'cause'> =
    check ?? {
      title: 'is a read replica',
      found: 'no source',
      expected: 'a replication source',
      verdict: 'fail',
    };
  const sentence = `${title}: expected ${expected}, found ${found}`;
  return verdict === 'unknown'
    ? { state: 'unknown', why: sentence, ...(cause ? { cause } : {}), againInMs: pace.service }
    : { state: 'working', progress: sentence, againInMs: pace.service };
}

function outputOf(lag: Lag, source: string, { clock }: KitContext): z.output<typeof Output> {
  if (lag.state !== 'known') return { lag_seconds: null, read_at: clock.now().toISOString(), source };
  return { lag_seconds: lag.seconds, read_at: lag.at.toISOString(), source };
}
