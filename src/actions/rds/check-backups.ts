import type { DBInstance } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { Duration, durationMs } from '../../domain/duration.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { judgeReading, notKnown, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead } from '../kit/define.ts';
import { instant, label, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { readInstance } from './instance.ts';
import { sayAge } from './left-behind.ts';

const Input = z.strictObject({
  region: region.describe("The instance's Region."),
  instance: label.describe('DB instance identifier.'),
  retention_days: z
    .int('expected a whole number of days')
    .min(1, 'expected 1 to 35 days')
    .max(35, 'expected 1 to 35 days')
    .describe('Days that automated backups must be kept, at least.'),
  max_age: Duration.describe(
    'How old the latest restorable time may be, usually the RPO; RDS ships logs every 5 minutes.',
  ),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  retention_days: z.int().describe('Days that automated backups are kept.'),
  latest_restorable_at: instant.describe('The latest time that it can be restored to.'),
  age_seconds: z.int().describe('How old that is, seconds: what would be lost now.'),
});

export const checkBackups = defineRead({
  name: 'rds.check-backups',
  version: 1,
  summary: 'Check that a DB instance can be restored to a recent time, and for how many days back',
  input: Input,
  output: Output,
  binds: ['instance'],
  checks: ['automated backups are kept for retention_days or longer', 'the latest restorable time is within max_age'],
  iam: { read: ['rds:DescribeDBInstances'], effect: [] },
  plane: { kind: 'control', region: 'own' },
  defaultTimeout: '15m',
  async plan(input, ctx) {
    const instance = await readInstance(input, ctx);
    return {
      target: null,
      before: { instance: input.instance },
      after: {},
      noChange: false,
      checks: [checkRetention(input, instance), checkLatest(input, instance, ctx)],
      estimateMs: usual.instant,
    };
  },
  async observe(input, ctx) {
    const instance = await readInstance(input, ctx);
    if (!instance.ok && instance.fault === 'not-found')
      return { state: 'failed', why: instance.sentence, cause: instance.fault };
    if (!instance.ok) return notSeen(instance, pace.service);
    const [retention, latest] = [checkRetention(input, instance), checkLatest(input, instance, ctx)];
    if (retention.verdict === 'unknown')
      return { state: 'unknown', why: sentenceOf(retention), againInMs: pace.service };
    if (retention.verdict !== 'pass') return { state: 'failed', why: sentenceOf(retention) };
    const { BackupRetentionPeriod: days = 0, LatestRestorableTime: at } = instance.value;
    if (latest.verdict !== 'pass' || at === undefined) {
      return { state: 'working', progress: sentenceOf(latest), againInMs: pace.backup };
    }
    const output = { retention_days: days, latest_restorable_at: at.toISOString(), age_seconds: ageOf(at, ctx) };
    return { state: 'done', output };
  },
});

function checkRetention({ retention_days: least }: In, read: Reading<DBInstance>): Check {
  const expected = `at least ${least} days`;
  const question: Question = { id: 'retention', title: 'automated backups are kept', expected, carry: 'never' };
  if (read.ok && read.value.BackupRetentionPeriod === undefined) return notKnown(question, 'it was not said');
  return judgeReading(question, read, ({ BackupRetentionPeriod: days = 0 }) => ({
    pass: days >= least,
    found: days === 0 ? '0 days: automated backups are off' : `${days} days`,
  }));
}

function checkLatest({ max_age: limit }: In, read: Reading<DBInstance>, ctx: KitContext): Check {
  const expected = `at most ${limit} ago`;
  const question: Question = { id: 'latest', title: 'latest restorable time', expected, carry: 'never' };
  return judgeReading(question, read, ({ LatestRestorableTime: at }) => {
    if (at === undefined) return { pass: false, found: 'none: it has no automated backup' };
    const age = ageOf(at, ctx);
    return { pass: age * 1_000 <= durationMs(limit), found: `${sayUtc(at)}, ${sayAge(age)} ago` };
  });
}

function ageOf(at: Date, { clock }: KitContext): number {
  return Math.max(0, Math.ceil((clock.now().getTime() - at.getTime()) / 1_000));
}

function sentenceOf({ title, expected, found }: Check): string {
  return `${title}: expected ${expected}, found ${found}`;
}
