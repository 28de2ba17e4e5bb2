import { z } from 'zod';
import { Json, type JsonObject } from '../../domain/json.ts';
import { judgeReading, notKnown, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead } from '../kit/define.ts';
import { pace, usual } from '../kit/pace.ts';
import { type Reading, reading } from '../kit/reading.ts';
import { differences, shortfalls } from './compare.ts';
import { connection, databaseHost } from './connection.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const Input = z
  .strictObject({
    connection,
    host: databaseHost.optional(),
    query: z
      .string()
      .max(4_000, 'expected at most 4000 characters')
      .regex(
        /^\s*(select|with|show|values|table)\b/i,
        'expected a query that reads: select, with, show, values or table',
      )
      .describe('PostgreSQL that reads one row; $1, $2 … stand for params. Runs in a read-only transaction.'),
    params: z.array(scalar).max(20).default([]).describe('Values bound to $1, $2 …'),
    expect: z.record(z.string(), scalar).default({}).describe('Columns and the values that they must have.'),
    at_least: z
      .record(z.string(), z.number())
      .default({})
      .describe('Columns and the least that each must be: what is found is told beside it.'),
    waits: z
      .boolean('expected true or false')
      .default(true)
      .describe('False for data that does not change while one waits: what differs then fails the step at once.'),
  })
  .refine(({ expect, at_least: least }) => Object.keys(expect).length + Object.keys(least).length > 0, {
    path: ['expect'],
    error: 'expected at least one column',
  });
type In = z.output<typeof Input>;

const Output = z.strictObject({ row: z.record(z.string(), Json).describe('The row that was read.') });

const timeoutMs = 5_000;

export const assertSql = defineRead({
  name: 'sql.assert',
  version: 1,
  summary: 'Wait until a query of a database gives the expected row, or see at once whether it does',
  input: Input,
  output: Output,
  binds: ['connection', 'host', 'query'],
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
    const answer = await readRows(input, 'select 1 as one', [], ctx);
    const sound = !answer.ok || differences({ one: 1 }, answer.value[0] ?? {}).length === 0;
    return {
      target: null,
      before: asked(input),
      after: { ...asked(input), row: { ...input.expect, ...wantedOf(input) } },
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
    const rows = await readRows(input, input.query, input.params, ctx);
    if (!rows.ok) return notSeen(rows, pace.service);
    return judgeRows(input, rows.value);
  },
});

function asked({ connection: from, host, query }: In): JsonObject {
  return { connection: from, ...(host === undefined ? {} : { host }), query };
}

function wantedOf({ at_least: least }: In): JsonObject {
  const wanted = Object.entries(least).map(([column, value]) => [column, `at least ${value.toLocaleString('en')}`]);
  return Object.fromEntries(wanted);
}

function nameDatabase({ connection: from, host }: In): string {
  return host === undefined ? from : `${host} (${from})`;
}

function readRows(
  input: In,
  text: string,
  values: readonly unknown[],
  ctx: KitContext,
): Promise<Reading<JsonObject[]>> {
  const { connection: from, host } = input;
  const options = { timeoutMs, ...(host === undefined ? {} : { host }) };
  return reading(`database ${nameDatabase(input)}`, () => ctx.sql.query(from, text, values, options));
}

function judgeRows(input: In, rows: readonly JsonObject[]) {
  const { expect, at_least: least, waits } = input;
  const [row] = rows;
  if (!row || rows.length > 1) {
    const why = `The query of ${nameDatabase(input)} gave ${rows.length} rows, expected one: narrow it down.`;
    return { state: 'failed', why } as const;
  }
  const differs = [...differences(expect, row), ...shortfalls(least, row)];
  if (differs.length === 0) return { state: 'done', output: { row } } as const;
  if (!waits) return { state: 'failed', why: `${nameDatabase(input)}: ${differs.join('; ')}.` } as const;
  return { state: 'working', progress: differs.join('; '), againInMs: pace.service } as const;
}
