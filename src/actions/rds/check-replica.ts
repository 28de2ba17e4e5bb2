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
import { checkAvailable, checkIsReplica, checkLag, checkReplication } from './replica-checks.ts';

const Input = z.strictObject({
  region: region.describe("The replica's Region."),
  instance: label.describe('DB instance identifier of the replica.'),
  max_lag: Duration.describe('The largest replication lag to accept, usually the RPO.'),
});

const Output = z.strictObject({
  lag_seconds: z
    .number()
    .nullable()
    .describe('Replication lag, seconds; null when an ungraceful run found no reading.'),
  read_at: instant.describe('When that lag was measured.'),
  source: z.string().describe('The instance it replicates from.'),
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
    'it is a read replica',
    'replication runs; an ungraceful run takes any state',
    'the lag is within max_lag: graceful, the largest of the last five minutes; ungraceful, the last minute before the impact began',
  ],
  iam: { read: ['rds:DescribeDBInstances', 'cloudwatch:GetMetricData'], effect: [] },
  plane: { kind: 'control', region: 'own' },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const { checks, lag, source } = await read(input, ctx);
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
      dataAtRisk: dataAtRisk(lag, ctx),
    };
  },
  async observe(input, ctx) {
    const { instance, checks, lag, source } = await read(input, ctx);
    if (!instance.ok && instance.fault !== 'not-found') return notSeen(instance, pace.service);
    if (!lag.ok) return notSeen(lag, pace.service);
    const open = checks.find((check) => check.verdict !== 'pass' && !carriedByMode(check, ctx));
    if (open || source === null) return waitFor(open);
    return { state: 'done', output: outputOf(lag.value, source, ctx) };
  },
});

async function read(input: In, ctx: KitContext) {
  const [instance, lag] = await Promise.all([readInstance(input, ctx), readLag(input, ctx)]);
  const checks = [
    checkAvailable(instance),
    checkIsReplica(instance),
    checkReplication(instance, lag, ctx.mode),
    checkLag(lag, input.max_lag, ctx.mode),
  ];
  return { instance, lag, checks, source: instance.ok ? sourceOf(instance.value) : null };
}

/** The consent to an ungraceful run has accepted the loss that its plan showed. */
function carriedByMode(check: Check, { mode }: KitContext): boolean {
  return mode === 'ungraceful' && check.carry === 'ungraceful';
}

function waitFor(check: Check | undefined): Observed<never> {
  const { title, found, expected, verdict } = check ?? {
    title: 'is a read replica',
    found: 'no source',
    expected: 'a replication source',
    verdict: 'fail',
  };
  const sentence = `${title}: expected ${expected}, found ${found}`;
  return verdict === 'unknown'
    ? { state: 'unknown', why: sentence, againInMs: pace.service }
    : { state: 'working', progress: sentence, againInMs: pace.service };
}

function outputOf(lag: Lag, source: string, { clock }: KitContext): z.output<typeof Output> {
  if (lag.state !== 'known') return { lag_seconds: null, read_at: clock.now().toISOString(), source };
  return { lag_seconds: lag.seconds, read_at: lag.at.toISOString(), source };
}
