import { UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { judgeReading, notSeen, unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { tableName } from './fields.ts';
import { readWindow, sayWindow } from './recovery-window.ts';
import { nameTable } from './table.ts';

const Input = z.strictObject({
  region: region.describe("The table's Region."),
  table: tableName.describe('The table.'),
});

const Output = z.strictObject({
  earliest: instant.nullable().describe('The first instant to which it can be restored; null until AWS names one.'),
  latest: instant.nullable().describe('The last one, usually five minutes ago; null until AWS names one.'),
});

const Captured = z.strictObject({ at: instant, enabled: z.boolean() });

export const ensurePitr = defineEffect({
  name: 'dynamodb.ensure-pitr',
  version: 1,
  summary: "Turn on a table's point-in-time recovery",
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: Captured,
  receipt: z.strictObject({}),
  binds: ['table', 'point_in_time_recovery'],
  checks: ['the table answers'],
  iam: { read: ['dynamodb:DescribeContinuousBackups'], effect: ['dynamodb:UpdateContinuousBackups'] },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    keeps: true,
    how: 'Nothing is put back: it stays on, as turning it off throws away every instant to which the table can be restored.',
  },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const window = await readWindow(input, ctx);
    const on = (enabled: boolean): string => (enabled ? 'on' : 'off');
    return {
      target: { region: input.region, resource: `dynamodb:${input.table}` },
      before: { table: input.table, ...(window.ok ? { point_in_time_recovery: on(window.value.enabled) } : {}) },
      after: { table: input.table, point_in_time_recovery: 'on' },
      noChange: window.ok && window.value.enabled,
      checks: [
        judgeReading(
          { id: 'table', title: 'table answers', expected: 'an answer', carry: 'never' },
          window,
          (value) => ({
            pass: true,
            found: sayWindow(value),
          }),
        ),
      ],
      estimateMs: usual.instant,
    };
  },
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    return { at, enabled: need(await readWindow(input, ctx)).enabled };
  },
  async apply(input, _sent, ctx) {
    const command = new UpdateContinuousBackupsCommand({
      TableName: input.table,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    await effect(`Point-in-time recovery of the ${nameTable(input)}`, () =>
      ctx.aws.dynamoDb(input.region).send(command),
    );
    return {};
  },
  async lookup(input, _sent, ctx) {
    const window = await readWindow(input, ctx);
    if (!window.ok) return unknowable(window);
    return window.value.enabled ? { happened: true, receipt: {} } : { happened: false };
  },
  unchanged: () => ({}),
  async observe(input, _receipt, ctx) {
    const window = await readWindow(input, ctx);
    if (!window.ok && window.fault === 'not-found')
      return { state: 'failed', why: window.sentence, cause: window.fault };
    if (!window.ok) return notSeen(window, pace.database);
    const { enabled, earliest, latest } = window.value;
    if (!enabled) return { state: 'working', progress: sayWindow(window.value), againInMs: pace.database };
    const text = (at: Date | null): string | null => at?.toISOString() ?? null;
    return { state: 'done', output: { earliest: text(earliest), latest: text(latest) } };
  },
  restore: () => null,
});
