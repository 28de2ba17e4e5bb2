import { z } from 'zod';
import { Json, type JsonObject } from '../../domain/json.ts';
import { judgeReading, notKnown, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead } from '../kit/define.ts';
import { pace, usual } from '../kit/pace.ts';
import { type Reading, reading } from '../kit/reading.ts';
import { differences } from './compare.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const Input = z.strictObject({
  connection: z
    .string()
    .regex(/^[A-Za-z][\w-]*[:.][\w.:/[\]-]+$/, 'expected a reference such as env:ORDERS_DB_URL')
    .refine((text) => !text.includes('://'), 'expected a reference such as env:ORDERS_DB_URL, never the address itself')
    .describe('Reference to the connection: its secret is resolved when it is used.'),
  query: z
    .string()
    .max(4_000, 'expected at most 4000 characters')
    .regex(/^\s*(select|with|show|values|table)\b/i, 'expected a query that reads: select, with, show, values or table')
    .describe('PostgreSQL that reads one row; $1, $2 … stand for params. Runs in a read-only transaction.'),
  params: z.array(scalar).max(20).default([]).describe('Values bound to $1, $2 …'),
  expect: z
    .record(z.string(), scalar)
    .refine((expected) => Object.keys(expected).length > 0, 'expected at least one column')
    .describe('Columns and the values that they must have.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({ row: z.record(z.string(), Json).describe('The row that was read.') });

const timeoutMs = 5_000;

export const assertSql = defineRead({
  name: 'sql.assert',
  version: 1,
  summary: 'Wait until a query of a database gives the expected row',
  input: Input,
  output: Output,
  binds: ['connection', 'query'],
  checks: ['the database answers'],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const question: Question = {
      id: 'connection',
      title: 'database answers',
      expected: 'an answer',
      carry: 'with-reason',
    };
    const answer = await readRows(input.connection, 'select 1 as one', [], ctx);
    const sound = !answer.ok || differences({ one: 1 }, answer.value[0] ?? {}).length === 0;
    return {
      target: null,
      before: { connection: input.connection, query: input.query },
      after: { connection: input.connection, query: input.query, row: input.expect },
      noChange: false,
      checks: [
        sound
          ? judgeReading(question, answer, () => ({ pass: true, found: 'it answered' }))
          : notKnown(question, 'its answer to select 1 was not 1'),
      ],
      estimateMs: usual.instant,
    };
  },
  async observe(input, ctx) {
    const rows = await readRows(input.connection, input.query, input.params, ctx);
    if (!rows.ok) return notSeen(rows, pace.service);
    return judgeRows(input, rows.value);
  },
});

function readRows(
  connection: string,
  text: string,
  values: readonly unknown[],
  ctx: KitContext,
): Promise<Reading<JsonObject[]>> {
  return reading(`database ${connection}`, () => ctx.sql.query(connection, text, values, { timeoutMs }));
}

function judgeRows({ connection, expect }: In, rows: readonly JsonObject[]) {
  const [row] = rows;
  if (!row || rows.length > 1) {
    const why = `The query of ${connection} gave ${rows.length} rows, expected one: narrow it down.`;
    return { state: 'failed', why } as const;
  }
  const differs = differences(expect, row);
  if (differs.length === 0) return { state: 'done', output: { row } } as const;
  return { state: 'working', progress: differs.join('; '), againInMs: pace.service } as const;
}
