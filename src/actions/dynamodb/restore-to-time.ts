import { RestoreTableToPointInTimeCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judge, judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, region } from '../kit/fields.ts';
import { usual } from '../kit/pace.ts';
import { need, type Reading } from '../kit/reading.ts';
import { encryptionOf, sayEncryption } from './encryption.ts';
import { restoredFields, tableName } from './fields.ts';
import { leftBehind } from './left-behind.ts';
import { type RecoveryWindow, readWindow, sayWindow } from './recovery-window.ts';
import { intoNewTable, lookupRestore, restorePermissions } from './restored.ts';
import { nameTable, readTable } from './table.ts';
import { checkTarget, readStanding, sayTarget, targetOf } from './target.ts';

const Input = z.strictObject({
  region: region.describe('Region of the new table.'),
  table: tableName.describe('The source.'),
  source_region: region.optional().describe("The source's Region; that of the new table if absent."),
  time: z
    .union(
      [z.literal('latest'), instant],
      "expected 'latest', or an instant with an offset or Z such as 2026-03-01T14:05Z",
    )
    .describe('The instant to restore to, or `latest`: some five minutes ago.'),
  ...restoredFields,
});
type In = z.output<typeof Input>;

export const restoreToTime = defineEffect({
  ...intoNewTable,
  name: 'dynamodb.restore-to-time',
  version: 1,
  summary: 'Restore a table, as it was at an instant, to a new table',
  input: Input,
  binds: ['source', 'from', 'time', 'encryption'],
  checks: ['the source can be restored to that instant', 'no other table has the name of the new one'],
  iam: {
    read: ['dynamodb:DescribeContinuousBackups', 'dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource'],
    effect: ['dynamodb:TagResource', 'dynamodb:RestoreTableToPointInTime'],
    asCaller: restorePermissions,
  },
  plan: planRestore,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const target = targetOf(input, input.table, ctx);
    const [source, standing] = await Promise.all([readTable(sourceOf(input), ctx), readStanding(target, ctx)]);
    need(standing);
    return { at, table: target.table, source_arn: need(source).TableArn };
  },
  async apply(input, { captured }, ctx) {
    const { region: from } = sourceOf(input);
    const command = new RestoreTableToPointInTimeCommand({
      ...(from === input.region ? { SourceTableName: input.table } : { SourceTableArn: captured.source_arn }),
      TargetTableName: captured.table,
      ...(input.time === 'latest' ? { UseLatestRestorableTime: true } : { RestoreDateTime: new Date(input.time) }),
      ...encryptionOf(input.encryption_key, from, input.region),
    });
    const at = ctx.clock.now().toISOString();
    await effect(`Restore of the ${nameTable(sourceOf(input))}`, () => ctx.aws.dynamoDb(input.region).send(command));
    return { at, table: captured.table };
  },
  lookup: (input, { captured }, ctx) => {
    const target = { region: input.region, table: captured.table };
    return lookupRestore(
      target,
      captured,
      (of) => of?.SourceTableArn === captured.source_arn && !of.SourceBackupArn,
      ctx,
    );
  },
  unchanged: (input, ctx) => ({ at: ctx.clock.now().toISOString(), table: targetOf(input, input.table, ctx).table }),
  async verify({ time }, { restored_to: found }) {
    if (time === 'latest') return [];
    const question: Question = { id: 'time', title: 'restored to the time asked for', expected: time, carry: 'never' };
    const offMs = Math.abs(new Date(found).getTime() - new Date(time).getTime());
    return [judge(question, offMs < 1_000, found)];
  },
});

function sourceOf({ table, region: home, source_region: from }: In): { region: string; table: string } {
  return { region: from ?? home, table };
}

async function planRestore(input: In, ctx: KitContext): Promise<ActionPlan> {
  const target = targetOf(input, input.table, ctx);
  const [window, standing] = await Promise.all([readWindow(sourceOf(input), ctx), readStanding(target, ctx)]);
  const { region: from } = sourceOf(input);
  const shown = {
    source: input.table,
    from,
    time: input.time,
    encryption: sayEncryption(input.encryption_key, from, input.region),
  };
  const to = input.time === 'latest' ? (window.ok ? window.value.latest : null) : new Date(input.time);
  return {
    target: { region: input.region, resource: `dynamodb:${sayTarget(input, input.table)}` },
    before: shown,
    after: { ...shown, table: sayTarget(input, input.table) },
    noChange: standing.ok && standing.value?.own === true && standing.value.table.TableStatus === 'ACTIVE',
    checks: [checkWindow(input, window), checkTarget(target, standing)],
    estimateMs: 4 * usual.minutes,
    ...(to === null ? {} : { dataAtRisk: leftBehind(input.table, to, ctx) }),
  };
}

function checkWindow({ time }: In, window: Reading<RecoveryWindow>): Check {
  const question: Question = {
    id: 'window',
    title: 'the source can be restored to then',
    expected: time,
    carry: 'never',
  };
  return judgeReading(question, window, (value) => ({ pass: isWithin(time, value), found: sayWindow(value) }));
}

function isWithin(time: string, { enabled, earliest, latest }: RecoveryWindow): boolean {
  if (!enabled || earliest === null || latest === null) return false;
  if (time === 'latest') return true;
  const at = new Date(time).getTime();
  return at >= earliest.getTime() && at <= latest.getTime();
}
