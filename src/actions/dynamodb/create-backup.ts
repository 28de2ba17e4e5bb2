import { CreateBackupCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect, type Observed } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, region } from '../kit/fields.ts';
import { nameFor } from '../kit/owner.ts';
import { pace, usual } from '../kit/pace.ts';
import { mapReading, need, type Reading, stated } from '../kit/reading.ts';
import { sendOnce } from '../kit/send-once.ts';
import { nameBackup, readBackup, readBackups, type SeenBackup, slackMs } from './backup.ts';
import { backupArn, tableName } from './fields.ts';
import { nameTable, readTable, type TableRef } from './table.ts';

const Input = z.strictObject({
  region: region.describe("The table's Region."),
  table: tableName.describe('The table.'),
});

const Output = z.strictObject({
  backup_arn: backupArn.describe('The backup.'),
  name: z.string().describe('Its name: the table, the step and the run.'),
  created_at: instant.describe('When it was asked for.'),
  holds_until: instant.describe('Everything written until then is in it; nothing of two minutes later is.'),
});

const Captured = z.strictObject({ at: instant, table_arn: z.string() });
const Receipt = z.strictObject({ backup_arn: backupArn.nullable() });

export const createBackup = defineEffect({
  name: 'dynamodb.create-backup',
  version: 1,
  summary: 'Make an on-demand backup of a table',
  kind: 'once',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: Captured,
  receipt: Receipt,
  binds: ['table'],
  checks: ['the table is active', 'no backup of this step is still being made'],
  iam: {
    read: ['dynamodb:DescribeTable', 'dynamodb:ListBackups', 'dynamodb:DescribeBackup'],
    effect: ['dynamodb:CreateBackup'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    keeps: true,
    how: 'Nothing that was there is changed, so nothing is put back; the backup stays.',
  },
  defaultTimeout: '20m',
  async plan(input, ctx) {
    const [table, own] = await Promise.all([readTable(input, ctx), readOwn(input, ctx)]);
    const active: Question = { id: 'table', title: 'table can be backed up', expected: 'ACTIVE', carry: 'never' };
    const free: Question = {
      id: 'name',
      title: 'no backup of this step is under way',
      expected: 'none, or AVAILABLE',
      carry: 'never',
    };
    return {
      target: { region: input.region, resource: `dynamodb:${input.table}` },
      before: { table: input.table },
      after: { table: input.table, backup: 'a new one' },
      noChange: own.ok && own.value?.status === 'AVAILABLE',
      checks: [
        judgeReading(active, table, ({ TableStatus }) => ({ pass: TableStatus === 'ACTIVE', found: TableStatus })),
        judgeReading(free, own, (one) => ({ pass: one?.status !== 'CREATING', found: one?.status ?? 'none' })),
      ],
      estimateMs: usual.minutes,
    };
  },
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    return { at, table_arn: need(await readTable(input, ctx)).TableArn };
  },
  async apply(input, _sent, ctx) {
    const command = sendOnce(new CreateBackupCommand({ TableName: input.table, BackupName: nameOf(input, ctx) }));
    const { BackupDetails } = await effect(`Backup of the ${nameTable(input)}`, () =>
      ctx.aws.dynamoDb(input.region).send(command),
    );
    return { backup_arn: stated(BackupDetails?.BackupArn, 'the ARN of the backup') };
  },
  async lookup(input, _sent, ctx) {
    const own = await readOwn(input, ctx);
    if (!own.ok) return unknowable(own);
    return own.value ? { happened: true, receipt: { backup_arn: own.value.arn } } : { happened: false };
  },
  unchanged: () => ({ backup_arn: null }),
  async observe(input, { backup_arn: arn }, ctx) {
    const read = arn === null ? await readOwn(input, ctx) : await readBackup(arn, ctx);
    if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
    if (!read.ok) return notSeen(read, pace.database);
    return stateOf(read.value, input);
  },
  restore: () => null,
});

function stateOf(backup: SeenBackup | undefined, input: TableRef): Observed<z.output<typeof Output>> {
  if (!backup) return { state: 'failed', why: `There is no backup of the ${nameTable(input)} by this step.` };
  const { arn, name, status, createdAt } = backup;
  if (status === 'CREATING') return { state: 'working', progress: `${name} is ${status}`, againInMs: pace.database };
  if (status !== 'AVAILABLE')
    return { state: 'failed', why: `The ${nameBackup(arn)} is ${status}: expected AVAILABLE.` };
  const holdsUntil = new Date(createdAt.getTime() - slackMs).toISOString();
  return {
    state: 'done',
    output: { backup_arn: arn, name, created_at: createdAt.toISOString(), holds_until: holdsUntil },
  };
}

/** AWS gives two backups to whoever asks twice, even by one name: the name, of step and run, is what tells them apart. */
function nameOf({ table }: TableRef, { owner }: KitContext): string {
  return nameFor(owner, table, owner.split('/')[1] ?? 'backup', 255);
}

async function readOwn(input: TableRef, ctx: KitContext): Promise<Reading<SeenBackup | undefined>> {
  const name = nameOf(input, ctx);
  return mapReading(await readBackups(input, ctx), (all) => all.find((backup) => backup.name === name));
}
