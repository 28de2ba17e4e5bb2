import { RestoreTableFromBackupCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { ActionPlan } from '../../domain/action.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { region } from '../kit/fields.ts';
import { usual } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { nameBackup, partsOf, readBackup } from './backup.ts';
import { encryptionOf, sayEncryption } from './encryption.ts';
import { backupArn, restoredFields } from './fields.ts';
import { leftBehind } from './left-behind.ts';
import { intoNewTable, lookupRestore, restorePermissions } from './restored.ts';
import { checkTarget, readStanding, sayTarget, targetOf } from './target.ts';

const Input = z.strictObject({
  region: region.describe('Region of the new table.'),
  backup_arn: backupArn.describe('The backup; one of another Region is read there.'),
  ...restoredFields,
});
type In = z.output<typeof Input>;

export const restoreBackup = defineEffect({
  ...intoNewTable,
  name: 'dynamodb.restore-backup',
  version: 1,
  summary: 'Restore a backup to a new table',
  input: Input,
  binds: ['backup', 'encryption'],
  checks: ['the backup is available, in its own Region', 'no other table has the name of the new one'],
  iam: {
    read: ['dynamodb:DescribeBackup', 'dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource'],
    effect: ['dynamodb:TagResource', 'dynamodb:RestoreTableFromBackup'],
    asCaller: restorePermissions,
  },
  plan: planRestore,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const target = targetFor(input, ctx);
    const [backup, standing] = await Promise.all([readBackup(input.backup_arn, ctx), readStanding(target, ctx)]);
    need(standing);
    return { at, table: target.table, source_arn: need(backup).arn };
  },
  async apply(input, { captured }, ctx) {
    const command = new RestoreTableFromBackupCommand({
      TargetTableName: captured.table,
      BackupArn: input.backup_arn,
      ...encryptionOf(input.encryption_key, partsOf(input.backup_arn).region, input.region),
    });
    const at = ctx.clock.now().toISOString();
    await effect(`Restore of the ${nameBackup(input.backup_arn)}`, () => ctx.aws.dynamoDb(input.region).send(command));
    return { at, table: captured.table };
  },
  lookup: (input, { captured }, ctx) => {
    const target = { region: input.region, table: captured.table };
    return lookupRestore(target, captured, (of) => of?.SourceBackupArn === input.backup_arn, ctx);
  },
  unchanged: (input, ctx) => ({ at: ctx.clock.now().toISOString(), table: targetFor(input, ctx).table }),
});

function targetFor(input: In, ctx: KitContext) {
  return targetOf(input, partsOf(input.backup_arn).table, ctx);
}

async function planRestore(input: In, ctx: KitContext): Promise<ActionPlan> {
  const target = targetFor(input, ctx);
  const { region: from, table: source } = partsOf(input.backup_arn);
  const [backup, standing] = await Promise.all([readBackup(input.backup_arn, ctx), readStanding(target, ctx)]);
  const available: Question = { id: 'backup', title: 'backup is available', expected: 'AVAILABLE', carry: 'never' };
  const encryption = sayEncryption(input.encryption_key, from, input.region);
  const shown = { source, from, backup: input.backup_arn, encryption };
  return {
    target: { region: input.region, resource: `dynamodb:${sayTarget(input, source)}` },
    before: shown,
    after: { ...shown, table: sayTarget(input, source) },
    noChange: standing.ok && standing.value?.own === true && standing.value.table.TableStatus === 'ACTIVE',
    checks: [
      judgeReading(available, backup, ({ status, createdAt }) => ({
        pass: status === 'AVAILABLE',
        found: `${status}, of ${sayUtc(createdAt)}`,
      })),
      checkTarget(target, standing),
    ],
    estimateMs: 4 * usual.minutes,
    ...(backup.ok ? { dataAtRisk: leftBehind(source, backup.value.createdAt, ctx) } : {}),
  };
}
