import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import type { TerraformPlanSeen } from '../../domain/ports/programs.ts';
import { judge, judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { count, instant } from '../kit/fields.ts';
import { usual } from '../kit/pace.ts';
import { type Reading, reading } from '../kit/reading.ts';
import {
  checkConfiguration,
  checkWorkspace,
  configuration,
  namePlace,
  readWorkspaces,
  targetOf,
  workspace,
} from './place.ts';
import { begin, foundByKey, notDone } from './seen.ts';

const Input = z.strictObject({
  configuration,
  workspace,
  plan: z
    .string()
    .regex(/^[0-9a-f]{36}$/, "expected a plan's name: steps.ID.output.plan")
    .describe('From terraform.plan.'),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "expected a plan's SHA-256: steps.ID.output.digest")
    .describe('From terraform.plan: what was approved is what is applied.'),
  most_destroyed: count.default(0).describe('Resources that the plan may destroy or replace, at most.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({ resources: z.array(z.string()).describe('Addresses in the state afterwards.') });
const Captured = z.strictObject({ at: instant });
const Receipt = z.strictObject({ key: z.string() });

export const applyTerraform = defineEffect({
  name: 'terraform.apply',
  version: 1,
  summary: 'Apply exactly the plan file that was approved',
  kind: 'once',
  risk: 'irreversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: Captured,
  receipt: Receipt,
  binds: ['configuration', 'workspace', 'digest', 'most_destroyed'],
  checks: [
    'muster.yml names the configuration',
    'the workspace is there',
    'the plan file is the one that was approved, by its SHA-256',
    'it destroys and replaces no more than is allowed',
  ],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  undo: {
    possible: false,
    how: 'What Terraform has applied is undone by planning and applying what was there before.',
  },
  defaultTimeout: '1h',
  async plan(input, ctx) {
    const known = checkConfiguration(input.configuration, ctx);
    const { configuration: of, workspace: name, digest, most_destroyed } = input;
    const bound = { configuration: of, workspace: name, digest, most_destroyed };
    return {
      target: targetOf(input, ctx),
      before: bound,
      after: { ...bound, state: 'as planned' },
      noChange: false,
      checks: known.verdict === 'pass' ? [known, ...(await checksOf(input, ctx))] : [known],
      estimateMs: usual.minutes,
    };
  },
  capture: async (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async apply(input, { token }, ctx) {
    const amiss = (await checksOf(input, ctx)).find(({ verdict }) => verdict !== 'pass');
    if (amiss)
      throw new Error(`Nothing was applied: ${amiss.title}: expected ${amiss.expected}, found ${amiss.found}.`);
    const plan = { key: input.plan, digest: input.digest };
    await begin(`Applying in the ${namePlace(input)}`, () => ctx.terraform.startApply(token, input, plan));
    return { key: token };
  },
  async lookup(input, { token }, ctx) {
    const what = `the apply in the ${namePlace(input)}`;
    return foundByKey(what, token, await reading(what, () => ctx.terraform.look(token)));
  },
  unchanged: () => ({ key: 'none' }),
  async observe(input, { key }, ctx) {
    const what = `The apply in the ${namePlace(input)}`;
    const open = notDone(what, await reading(what, () => ctx.terraform.look(key)));
    if (open) return open;
    const { configuration: of, workspace: name } = input;
    const held = await reading(`state of the ${namePlace(input)}`, () => ctx.terraform.resources(of, name));
    if (!held.ok) return { state: 'unknown', why: held.sentence, cause: held.fault };
    return { state: 'done', output: { resources: held.value } };
  },
  restore: () => null,
});

async function checksOf(input: In, ctx: KitContext): Promise<Check[]> {
  const [workspaces, plan] = await Promise.all([
    readWorkspaces(input.configuration, ctx),
    reading(`plan file of the ${namePlace(input)}`, () => ctx.terraform.lookPlan(input.plan)),
  ]);
  return [checkWorkspace(input, workspaces), checkPlan(input, plan), checkDestroyed(input, plan)];
}

function checkPlan({ digest }: In, read: Reading<TerraformPlanSeen | null>): Check {
  const question: Question = {
    id: 'plan',
    title: 'plan is what was approved',
    expected: digest.slice(0, 12),
    carry: 'never',
  };
  return judgeReading(question, read, (seen) => {
    if (seen?.state !== 'planned') return { pass: false, found: 'no such plan file here: plan again' };
    return { pass: seen.digest === digest, found: seen.digest.slice(0, 12) };
  });
}

function checkDestroyed({ most_destroyed: most }: In, read: Reading<TerraformPlanSeen | null>): Check {
  const question: Question = {
    id: 'destroyed',
    title: 'nothing more is destroyed',
    expected: `at most ${most}`,
    carry: 'never',
  };
  if (read.ok && read.value?.state !== 'planned') return judge(question, false, 'no plan');
  return judgeReading(question, read, (seen) => {
    const destroyed = seen?.state === 'planned' ? seen.changes.destroyed : [];
    return { pass: destroyed.length <= most, found: destroyed.join(', ') || 'none' };
  });
}
