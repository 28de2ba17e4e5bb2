import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { Duration, durationMs } from '../../domain/duration.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { judge, judgeReading, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead } from '../kit/define.ts';
import { instant, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { readBackups, type SeenBackup } from './backup.ts';
import { backupArn, tableName } from './fields.ts';
import { leftBehind } from './left-behind.ts';
import { nameTable } from './table.ts';

const Input = z.strictObject({
  region: region.describe("The table's Region, where its backups are."),
  table: tableName.describe('The table that was backed up; it may be gone.'),
  max_age: Duration.optional().describe('The oldest backup to accept, usually the RPO.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  backup_arn: backupArn.describe('The newest backup that is available.'),
  name: z.string().describe('Its name.'),
  type: z.string().describe('USER, SYSTEM (the last state of a deleted table) or AWS_BACKUP.'),
  created_at: instant.describe('When it was asked for.'),
});

export const selectBackup = defineRead({
  name: 'dynamodb.select-backup',
  version: 1,
  summary: "Find the newest backup of a table, a deleted table's last one included",
  input: Input,
  output: Output,
  binds: ['table'],
  checks: ['the table has a backup that is available', 'it is not older than max_age'],
  iam: { read: ['dynamodb:ListBackups'], effect: [] },
  plane: { kind: 'control', region: 'own' },
  defaultTimeout: '10m',
  async plan(input, ctx) {
    const backups = await readBackups(input, ctx);
    const newest = backups.ok ? newestAvailable(backups.value) : undefined;
    return {
      target: null,
      before: { table: input.table },
      after: {
        table: input.table,
        ...(newest ? { backup: newest.name, created_at: newest.createdAt.toISOString() } : {}),
      },
      noChange: false,
      checks: [checkThere(input, backups), ...(newest ? [checkAge(input, newest, ctx)] : [])],
      estimateMs: usual.instant,
      ...(newest ? { dataAtRisk: leftBehind(input.table, newest.createdAt, ctx) } : {}),
    };
  },
  async observe(input, ctx) {
    const backups = await readBackups(input, ctx);
    if (!backups.ok) return notSeen(backups, pace.database);
    const newest = newestAvailable(backups.value);
    if (!newest) {
      const making = backups.value.find(({ status }) => status === 'CREATING');
      if (!making) return { state: 'failed', why: noneOf(input) };
      return { state: 'working', progress: `${making.name} is being made`, againInMs: pace.database };
    }
    const age = checkAge(input, newest, ctx);
    if (age.verdict !== 'pass') {
      return {
        state: 'failed',
        why: `The newest backup of the ${nameTable(input)} is ${age.found}; expected ${age.expected}.`,
      };
    }
    const { arn, name, type, createdAt } = newest;
    return { state: 'done', output: { backup_arn: arn, name, type, created_at: createdAt.toISOString() } };
  },
});

function newestAvailable(backups: readonly SeenBackup[]): SeenBackup | undefined {
  return backups.find(({ status }) => status === 'AVAILABLE');
}

function checkThere(input: In, backups: Reading<SeenBackup[]>): Check {
  const question: Question = { id: 'backup', title: 'a backup is available', expected: 'AVAILABLE', carry: 'never' };
  return judgeReading(question, backups, (all) => {
    const newest = newestAvailable(all);
    const found = newest && `${newest.name}, ${newest.type}, one of ${all.length}`;
    return { pass: newest !== undefined, found: found ?? noneOf(input) };
  });
}

function checkAge({ max_age: limit }: In, { name, createdAt }: SeenBackup, ctx: KitContext): Check {
  const expected = limit === undefined ? 'any age' : `at most ${limit} old`;
  const question: Question = { id: 'age', title: 'backup is recent enough', expected, carry: 'never' };
  const ageMs = ctx.clock.now().getTime() - createdAt.getTime();
  const pass = limit === undefined || ageMs <= durationMs(limit);
  return judge(question, pass, `${name} of ${sayUtc(createdAt)}, ${Math.round(ageMs / 60_000)} minutes old`);
}

function noneOf(input: In): string {
  return `No backup of the ${nameTable(input)} is available: make one with dynamodb.create-backup, or restore to a time.`;
}
