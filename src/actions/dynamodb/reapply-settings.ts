import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect, type Observed } from '../kit/define.ts';
import { instant } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { mapReading, need, type Reading } from '../kit/reading.ts';
import { tableName } from './fields.ts';
import { type Both, planReapply, ReapplyInput, readBoth } from './reapply-plan.ts';
import { sayName, sendSettings } from './send-settings.ts';
import { readSettings, Settings } from './settings.ts';
import { differing, standing } from './wanted-settings.ts';

const Output = z.strictObject({
  table: tableName.describe('The table.'),
  settings: z.array(z.string()).describe('The settings that it has now as it should.'),
  stream_arn: z.string().nullable().describe('Its stream, a new one for whoever reads it; null where it has none.'),
});
type Out = z.output<typeof Output>;

export const reapplySettings = defineEffect({
  name: 'dynamodb.reapply-settings',
  version: 1,
  summary: 'Give a restored table the settings that no restore brings along',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: ReapplyInput,
  output: Output,
  captured: z.strictObject({ at: instant, wanted: Settings, before: Settings, left: z.array(z.string()) }),
  receipt: z.strictObject({ wanted: Settings.nullable() }),
  binds: ['ttl', 'stream', 'point_in_time_recovery', 'deletion_protection', 'tags', 'policy', 'alarms'],
  checks: [
    'the table is active, its restore over',
    'the source can be read, where one is given',
    'nothing scales the source: autoscaling is not carried over',
  ],
  iam: {
    read: [
      'dynamodb:DescribeTable',
      'dynamodb:DescribeTimeToLive',
      'dynamodb:DescribeContinuousBackups',
      'dynamodb:ListTagsOfResource',
      'dynamodb:GetResourcePolicy',
      'application-autoscaling:DescribeScalableTargets',
      'cloudwatch:DescribeAlarms',
    ],
    effect: [
      'cloudwatch:PutMetricAlarm',
      'dynamodb:TagResource',
      'dynamodb:UntagResource',
      'dynamodb:UpdateContinuousBackups',
      'dynamodb:PutResourcePolicy',
      'dynamodb:DeleteResourcePolicy',
      'dynamodb:UpdateTimeToLive',
      'dynamodb:UpdateTable',
    ],
    asCaller: ['cloudwatch:TagResource'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: 'Puts back the settings that it had, but for alarms, which stay; expiry can be changed once in an hour, and is waited for.',
  },
  defaultTimeout: '90m',
  plan: planReapply,
  async capture(input, ctx) {
    const { now, wanted } = need(await readBoth(input, ctx));
    const at = ctx.clock.now().toISOString();
    return { at, wanted, before: standing(wanted, now), left: differing(wanted, now) };
  },
  async apply(input, { captured: { wanted } }, ctx) {
    await sendSettings(input, wanted, need(await readSettings(input, ctx)), ctx);
    return { wanted };
  },
  async lookup(input, { captured: { wanted, left } }, ctx) {
    const now = await readSettings(input, ctx);
    if (!now.ok) return unknowable(now);
    const begun = differing(wanted, now.value).length < left.length;
    return begun ? { happened: true, receipt: { wanted } } : { happened: false };
  },
  unchanged: () => ({ wanted: null }),
  async observe(input, { wanted }, ctx) {
    const both = await readAgain(input, wanted, ctx);
    if (!both.ok && both.fault === 'not-found') return { state: 'failed', why: both.sentence, cause: both.fault };
    if (!both.ok) return notSeen(both, pace.database);
    return stateOf(input, both.value);
  },
  async advance(input, { wanted }, ctx) {
    if (wanted !== null) await sendSettings(input, wanted, need(await readSettings(input, ctx)), ctx);
  },
  restore: ({ region, table }, { before }) =>
    Object.keys(before).length > 0 ? { region, table, settings: before } : null,
});

/** What was wanted when it began: the source may be gone since. */
async function readAgain(input: ReapplyInput, wanted: Settings | null, ctx: KitContext): Promise<Reading<Both>> {
  if (wanted === null) return readBoth(input, ctx);
  return mapReading(await readSettings(input, ctx), (now) => ({ now, wanted }));
}

/** The rest is due once the table takes it: who began it does not matter. */
function stateOf(input: ReapplyInput, { now, wanted }: Both): Observed<Out> {
  const left = differing(wanted, now);
  if (left.length === 0 && now.table.TableStatus === 'ACTIVE') {
    const stream = now.stream === null ? null : (now.table.LatestStreamArn ?? null);
    return { state: 'done', output: { table: input.table, settings: Object.keys(wanted).sort(), stream_arn: stream } };
  }
  const names = left.length > 0 ? `${left.map(sayName).join(', ')} to come` : 'all sent';
  const progress = `${now.table.TableStatus}, ${names}`;
  if (now.table.TableStatus !== 'ACTIVE') return { state: 'working', progress, againInMs: pace.database };
  return { state: 'working', progress, againInMs: pace.backup, due: 'further settings' };
}
