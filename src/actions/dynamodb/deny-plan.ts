import { z } from 'zod';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judge, judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { region } from '../kit/fields.ts';
import { usual } from '../kit/pace.ts';
import { isSilent, mapReading, type Reading } from '../kit/reading.ts';
import { sparedBy } from './deny-statement.ts';
import { tableName } from './fields.ts';
import { readPolicy, type SeenPolicy } from './policy.ts';
import { readTable } from './table.ts';

const principal = z
  .string()
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:[\w+=,.@*/-]+$/, 'expected the ARN of an IAM role or user');

export const DenyInput = z.strictObject({
  region: region.describe("The table's Region."),
  table: tableName.describe('The table.'),
  denied: z.boolean('expected true or false').default(true).describe('False lets those write again whom it kept out.'),
  except: z
    .array(principal)
    .default([])
    .describe(
      'Principals that may go on writing, such as the role of a step that mends items; `*` stands for any part.',
    ),
});
export type DenyInput = z.output<typeof DenyInput>;

/** A table's policy, and whom it lets write although it denies writes; null where it does not. */
export interface Fence {
  arn: string;
  status: string;
  policy: SeenPolicy | null;
  spared: string[] | null;
}

export async function readFence(input: DenyInput, ctx: KitContext): Promise<Reading<Fence>> {
  const table = await readTable(input, ctx);
  if (!table.ok) return table;
  const { TableArn: arn, TableStatus: status } = table.value;
  const policy = await readPolicy(input, table.value, ctx);
  return mapReading(policy, (found) => ({ arn, status, policy: found, spared: sparedBy(found, arn) }));
}

export function isSo({ denied, except }: DenyInput, { spared }: Fence): boolean {
  if (!denied) return spared === null;
  return spared !== null && [...except].sort().join() === spared.join();
}

export async function planDeny(input: DenyInput, ctx: KitContext): Promise<ActionPlan> {
  const fence = await readFence(input, ctx);
  const { region: home, table, denied, except } = input;
  return {
    target: { region: home, resource: `dynamodb:${table}` },
    before: { table, ...(fence.ok ? stateOf(fence.value.spared) : {}) },
    after: { table, ...stateOf(denied ? [...except].sort() : null) },
    noChange: fence.ok && isSo(input, fence.value),
    checks: checksOf(input, fence),
    estimateMs: usual.minute,
  };
}

function stateOf(spared: string[] | null) {
  return { writes: spared === null ? 'not denied' : 'denied', except: spared ?? [] };
}

/** A Region that gives no answer cannot be fenced now, which an ungraceful run may accept: its fence is deferred. */
function checksOf({ denied }: DenyInput, fence: Reading<Fence>): Check[] {
  const carry = denied && isSilent(fence) ? 'ungraceful' : 'never';
  const reachable: Question = { id: 'reachable', title: 'table answers', expected: 'an answer', carry };
  const active: Question = { id: 'active', title: 'can be changed now', expected: 'ACTIVE', carry: 'never' };
  const answered = judgeReading(reachable, fence, () => ({ pass: true, found: 'it answered' }));
  return fence.ok ? [answered, judge(active, fence.value.status === 'ACTIVE', fence.value.status)] : [answered];
}
