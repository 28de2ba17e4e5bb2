import { z } from 'zod';
import { judgeReading, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead, type Observed } from '../kit/define.ts';
import { count, instant, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { bucketName, nameBucket, prefix, readReplication } from './bucket.ts';
import { type Listing, listObjects, sayCount } from './listing.ts';
import { describeRules } from './replication-input.ts';
import { pickSample, type ReplicaState, readReplicaStates } from './sample.ts';

const percent = z.number('expected a number').min(0, 'expected 0 or more').max(100, 'expected at most 100');

const Input = z.strictObject({
  region: region.describe('Region of the bucket that is replicated.'),
  bucket: bucketName.describe('Bucket that is replicated.'),
  destination_region: region.describe('Region of the destination.'),
  destination: bucketName.describe('Bucket that is replicated to.'),
  prefix: prefix.default(''),
  at_least: percent.min(1, 'expected 1 or more').default(95).describe('Percent of objects that have arrived.'),
  sample: z.int().min(1, 'expected 1 or more').max(200, 'expected at most 200').default(60).describe('Objects asked.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  arrived_percent: percent.describe('Of the sample, by what S3 says of each object.'),
  sampled: count.describe('Objects asked one by one.'),
  pending: count.describe('On their way.'),
  failed: count.describe('Refused by the destination.'),
  never_taken: count.describe('Written before there was a rule, and not copied since.'),
  oldest_pending_at: instant.nullable().describe('When the oldest of those on their way was written.'),
  objects: count.describe('Objects in the bucket.'),
  destination_objects: count.describe('Objects in the destination.'),
});
type Out = z.output<typeof Output>;

const ruled: Question = { id: 'rules', title: 'the bucket replicates', expected: 'a rule', carry: 'never' };

export const checkReplication = defineRead({
  name: 's3.check-replication',
  version: 1,
  summary: 'See that objects have arrived in the bucket they are replicated to',
  input: Input,
  output: Output,
  binds: ['from', 'to'],
  checks: ['the bucket has a rule for replication'],
  iam: { read: ['s3:ListBucket', 's3:GetReplicationConfiguration', 's3:GetObject'], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '30m',
  async plan(input, ctx) {
    const names = { from: input.bucket, to: input.destination };
    return {
      target: null,
      before: names,
      after: { ...names, arrived: `at least ${input.at_least} %` },
      noChange: false,
      checks: [
        judgeReading(ruled, await readReplication(input, ctx), (value) => ({
          pass: value !== null,
          found: describeRules(value),
        })),
      ],
      estimateMs: usual.seconds,
    };
  },
  async observe(input, ctx) {
    const destination = { region: input.destination_region, bucket: input.destination };
    const [from, to] = await Promise.all([
      listObjects(input, input.prefix, ctx),
      listObjects(destination, input.prefix, ctx),
    ]);
    if (!from.ok) return notSeen(from, pace.service);
    if (!to.ok) return notSeen(to, pace.service);
    if (from.value.objects.length === 0) {
      return { state: 'failed', why: `The ${nameBucket(input)} holds nothing${under(input)}: nothing can be shown.` };
    }
    return judgeArrival(input, from.value, to.value, ctx);
  },
});

async function judgeArrival(input: In, from: Listing, to: Listing, ctx: KitContext): Promise<Observed<Out>> {
  const sample = pickSample(from.objects, input.sample);
  const states = await readReplicaStates(input, sample, ctx);
  if (!states.ok) return notSeen(states, pace.service);
  const of = (state: ReplicaState) => sample.filter((_, index) => states.value[index] === state);
  const never = of('none').filter(
    ({ key, etag }) => !to.objects.some((copy) => copy.key === key && copy.etag === etag),
  );
  const arrived = of('COMPLETED').length + of('REPLICA').length + of('none').length - never.length;
  const waiting = of('PENDING').map(({ at }) => at.getTime());
  const output: Out = {
    arrived_percent: Math.floor((1_000 * arrived) / sample.length) / 10,
    sampled: sample.length,
    pending: waiting.length,
    failed: of('FAILED').length,
    never_taken: never.length,
    oldest_pending_at: waiting.length === 0 ? null : new Date(Math.min(...waiting)).toISOString(),
    objects: from.objects.length,
    destination_objects: to.objects.length,
  };
  const counted = to.more || 100 * to.objects.length >= input.at_least * from.objects.length;
  const words = `${output.arrived_percent} % of ${sample.length} sampled have arrived, ${input.at_least} % wanted; ${saySample(output)}; ${sayCount(to)} objects there, ${sayCount(from)} here`;
  if (output.arrived_percent >= input.at_least && counted) return { state: 'done', output };
  const comes = 100 * (arrived + waiting.length) >= input.at_least * sample.length && (counted || waiting.length > 0);
  return comes ? { state: 'working', progress: words, againInMs: pace.service } : { state: 'failed', why: `${words}.` };
}

function saySample({ pending, failed, never_taken: never }: Out): string {
  return `${pending} on their way, ${failed} refused, ${never} from before the rule`;
}

function under({ prefix: from }: In): string {
  return from === '' ? '' : ` under ${from}`;
}
