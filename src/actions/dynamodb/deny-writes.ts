import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { instant, region } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { DenyInput, type Fence, isSo, planDeny, readFence } from './deny-plan.ts';
import { withDeny, withoutDeny } from './deny-statement.ts';
import { tableName } from './fields.ts';
import { sendPolicy } from './policy.ts';

/** AWS names no time within which every request heeds a policy, only that it is not at once. */
const settleMs = 30_000;

const Output = z.strictObject({
  region: region.describe("The table's Region."),
  table: tableName.describe('The table.'),
  denied: z.boolean().describe('Whether writes are denied now.'),
});

export const denyWrites = defineEffect({
  name: 'dynamodb.deny-writes',
  version: 1,
  summary: 'Deny everybody to write to a table, by its resource policy, or let them again',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: DenyInput,
  output: Output,
  captured: z.strictObject({ at: instant, except: z.array(z.string()).nullable() }),
  receipt: z.strictObject({ at: instant.nullable() }),
  binds: ['table', 'writes', 'except'],
  checks: ['the table answers; an ungraceful run may carry that no answer came at all', 'it is active'],
  iam: {
    read: ['dynamodb:DescribeTable', 'dynamodb:GetResourcePolicy'],
    effect: ['dynamodb:DeleteResourcePolicy', 'dynamodb:PutResourcePolicy'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: 'Puts the statement back that was there, or takes it away; the others stay as they are.',
  },
  defaultTimeout: '10m',
  plan: planDeny,
  async capture(input, ctx) {
    const { spared } = need(await readFence(input, ctx));
    return { at: ctx.clock.now().toISOString(), except: spared };
  },
  async apply(input, _sent, ctx) {
    const fence = need(await readFence(input, ctx));
    if (!isSo(input, fence)) await send(input, fence, ctx);
    return { at: ctx.clock.now().toISOString() };
  },
  async lookup(input, _sent, ctx) {
    const fence = await readFence(input, ctx);
    if (!fence.ok) return unknowable(fence);
    return isSo(input, fence.value)
      ? { happened: true, receipt: { at: ctx.clock.now().toISOString() } }
      : { happened: false };
  },
  unchanged: () => ({ at: null }),
  async observe(input, { at }, ctx) {
    const fence = await readFence(input, ctx);
    if (!fence.ok && fence.fault === 'not-found') return { state: 'failed', why: fence.sentence, cause: fence.fault };
    if (!fence.ok) return notSeen(fence, pace.database);
    const { region: home, table, denied } = input;
    if (!isSo(input, fence.value)) {
      return { state: 'working', progress: 'the policy does not show it yet', againInMs: pace.database };
    }
    const sinceMs = at === null ? settleMs : ctx.clock.now().getTime() - new Date(at).getTime();
    if (sinceMs >= settleMs) return { state: 'done', output: { region: home, table, denied } };
    return {
      state: 'working',
      progress: 'the policy shows it, and is not heeded everywhere yet',
      againInMs: pace.database,
    };
  },
  restore: ({ region: home, table }, { except }) => ({
    region: home,
    table,
    denied: except !== null,
    except: except ?? [],
  }),
});

function send(input: DenyInput, { arn, policy }: Fence, ctx: KitContext): Promise<void> {
  const wanted = input.denied ? withDeny(policy, arn, input.except) : withoutDeny(policy);
  return sendPolicy({ region: input.region, table: input.table, arn }, { before: policy, wanted }, ctx);
}
