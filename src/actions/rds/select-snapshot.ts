import type { DBSnapshot } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { Duration, durationMs } from '../../domain/duration.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { judge, judgeReading, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead, type Observed } from '../kit/define.ts';
import { instant, label, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { leftBehind, lossUntil, sayAge } from './left-behind.ts';
import { type Candidate, kinds, newestOf, saySought } from './snapshot-choice.ts';
import { listSnapshots, snapshotStatus } from './snapshots.ts';

const Input = z.strictObject({
  region: region.describe('Where the snapshot is, which is where it can be restored.'),
  instance: label.describe(
    'DB instance identifier that it is of; the instance itself may be gone, or in another Region.',
  ),
  prefix: label.optional().describe('How its identifier begins, such as `orders-nightly`; any if absent.'),
  kind: z
    .enum(kinds)
    .default('any')
    .describe('automated: by RDS itself; manual: by a person or a run; copied: from another snapshot.'),
  max_age: Duration.describe('The oldest to accept, usually the RPO.'),
});
export type SelectInput = z.output<typeof Input>;

const Output = z.strictObject({
  snapshot: z.string().describe('DB snapshot identifier of the newest that is available.'),
  arn: z.string().describe('Its ARN.'),
  created_at: instant.describe('When what is in it was taken: a copy has the time of its original.'),
  age_seconds: z.int().describe('How old that was, seconds.'),
});
type Out = z.output<typeof Output>;

export const selectSnapshot = defineRead({
  name: 'rds.select-snapshot',
  version: 1,
  summary: 'Find the newest snapshot of a DB instance to restore from',
  input: Input,
  output: Output,
  binds: ['instance', 'prefix', 'kind'],
  checks: [
    'there is a snapshot that is available',
    'what is in it is not older than max_age, counted to now or, ungraceful, to when the impact began; an ungraceful run may carry that it is',
  ],
  iam: { read: ['rds:DescribeDBSnapshots'], effect: [] },
  plane: { kind: 'control', region: 'own' },
  defaultTimeout: '10m',
  async plan(input, ctx) {
    const snapshots = await listSnapshots(input.region, input.instance, ctx);
    const newest = snapshots.ok ? newestOf(input, snapshots.value) : undefined;
    const sought = { instance: input.instance, prefix: input.prefix ?? null, kind: input.kind };
    return {
      target: null,
      before: sought,
      after: newest ? { ...sought, snapshot: newest.id, created_at: newest.until.toISOString() } : sought,
      noChange: false,
      checks: [checkThere(input, snapshots), ...(newest ? [checkAge(input, newest, ctx)] : [])],
      estimateMs: usual.instant,
      ...(newest ? { dataAtRisk: leftBehind(input.instance, newest.until, ctx) } : {}),
    };
  },
  async observe(input, ctx) {
    const snapshots = await listSnapshots(input.region, input.instance, ctx);
    if (!snapshots.ok) return notSeen(snapshots, pace.backup);
    const newest = newestOf(input, snapshots.value);
    return newest ? judgeNewest(input, newest, ctx) : whileNone(input, snapshots.value);
  },
});

function judgeNewest(input: SelectInput, newest: Candidate, ctx: KitContext): Observed<Out> {
  const age = checkAge(input, newest, ctx);
  if (age.verdict !== 'pass' && ctx.mode !== 'ungraceful') {
    return { state: 'failed', why: `The newest snapshot, ${age.found}: expected ${age.expected}.` };
  }
  const { id, arn, until } = newest;
  const seconds = ageOf(newest, ctx.clock.now());
  return { state: 'done', output: { snapshot: id, arn, created_at: until.toISOString(), age_seconds: seconds } };
}

function whileNone(input: SelectInput, snapshots: readonly DBSnapshot[]): Observed<Out> {
  const making = snapshots.find((snapshot) => snapshotStatus(snapshot) === 'creating');
  if (!making) return { state: 'failed', why: `There is no ${saySought(input)}.` };
  const progress = `${making.DBSnapshotIdentifier} is being made`;
  return { state: 'working', progress, againInMs: pace.backup };
}

function checkThere(input: SelectInput, read: Reading<DBSnapshot[]>): Check {
  const question: Question = {
    id: 'snapshot',
    title: 'a snapshot is there',
    expected: saySought(input),
    carry: 'never',
  };
  return judgeReading(question, read, (snapshots) => {
    const newest = newestOf(input, snapshots);
    return { pass: newest !== undefined, found: newest ? newest.id : `none of ${snapshots.length}` };
  });
}

function checkAge({ max_age: limit }: SelectInput, newest: Candidate, ctx: KitContext): Check {
  const expected = `at most ${limit} old`;
  const question: Question = { id: 'age', title: 'snapshot is recent enough', expected, carry: 'ungraceful' };
  const seconds = ageOf(newest, lossUntil(ctx));
  const pass = seconds * 1_000 <= durationMs(limit);
  return judge(
    question,
    pass,
    `${newest.id}, has what was written until ${sayUtc(newest.until)}, ${sayAge(seconds)} old`,
  );
}

function ageOf({ until }: Candidate, at: Date): number {
  return Math.max(0, Math.ceil((at.getTime() - until.getTime()) / 1_000));
}
