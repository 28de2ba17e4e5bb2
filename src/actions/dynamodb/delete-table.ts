import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, region } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need, orAbsent } from '../kit/reading.ts';
import { planDelete } from './delete-plan.ts';
import { notOurs, readDoomed, refOf } from './doomed.ts';
import { restoredFields, tableName } from './fields.ts';
import { nameTable, readTable, type SeenTable } from './table.ts';

const Input = z
  .strictObject({
    region: region.describe("The table's Region."),
    table: tableName.optional().describe('A table that this run has made, by its name; no other is deleted.'),
    source: tableName.optional().describe('Instead of its name: the table from which a step of this run restored it.'),
    suffix: restoredFields.suffix.describe('With `source`: what that step put after the name.'),
  })
  .refine(({ table, source }) => (table === undefined) !== (source === undefined), {
    path: ['table'],
    error: 'expected the name of a table, or its source, and not both',
  });

const Output = z.strictObject({ table: tableName.describe('The table that is gone.') });

export const deleteTable = defineEffect({
  name: 'dynamodb.delete-table',
  version: 1,
  summary: 'Delete a table that this run has made',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: z.strictObject({ at: instant, table_id: z.string().nullable() }),
  receipt: z.strictObject({ table_id: z.string().nullable() }),
  binds: ['table'],
  checks: [
    'the table bears the tag of this run, or is its restore that was cut short',
    'it is active, and its deletion protection is off',
    'no backup of it is being made: deleting is refused meanwhile',
  ],
  iam: {
    read: ['dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource', 'dynamodb:ListBackups'],
    effect: ['dynamodb:DeleteTable'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: true, keeps: true, how: 'Only what this run has made is deleted, so nothing is put back.' },
  defaultTimeout: '15m',
  plan: planDelete,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const there = need(await readDoomed(input, ctx));
    if (there && !there.own) throw new Error(notOurs(refOf(input, ctx)));
    return { at, table_id: there?.table.TableId || null };
  },
  async apply(input, { captured }, ctx) {
    const ref = refOf(input, ctx);
    const command = new DeleteTableCommand({ TableName: ref.table });
    await effect(`Deletion of the ${nameTable(ref)}`, () => ctx.aws.dynamoDb(ref.region).send(command));
    return { table_id: captured.table_id };
  },
  async lookup(input, { captured }, ctx) {
    const { table_id: id } = captured;
    const read = orAbsent(await readTable(refOf(input, ctx), ctx));
    if (!read.ok) return unknowable(read);
    return isGoing(read.value, id) ? { happened: true, receipt: { table_id: id } } : { happened: false };
  },
  unchanged: () => ({ table_id: null }),
  async observe(input, { table_id: id }, ctx) {
    const ref = refOf(input, ctx);
    const read = orAbsent(await readTable(ref, ctx));
    if (!read.ok) return notSeen(read, pace.database);
    if (read.value === undefined || isAnother(read.value, id)) return { state: 'done', output: { table: ref.table } };
    return { state: 'working', progress: read.value.TableStatus, againInMs: pace.database };
  },
  restore: () => null,
});

function isGoing(table: SeenTable | undefined, id: string | null): boolean {
  return table === undefined || table.TableStatus === 'DELETING' || isAnother(table, id);
}

/** One that was made since, under the same name; without its id it may be the one that was there. */
function isAnother({ TableId: present }: SeenTable, id: string | null): boolean {
  return id !== null && Boolean(present) && present !== id;
}
