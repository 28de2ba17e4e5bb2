import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TerraformChanges } from '../../domain/ports/programs.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead, type Observed } from '../kit/define.ts';
import { pace, usual } from '../kit/pace.ts';
import { reading } from '../kit/reading.ts';
import {
  checkConfiguration,
  checkWorkspace,
  configuration,
  namePlace,
  type Place,
  readWorkspaces,
  targetOf,
  workspace,
} from './place.ts';
import { lastWords, sayEnd } from './seen.ts';

const Input = z.strictObject({ configuration, workspace });

const Output = z.strictObject({
  plan: z.string().describe('The plan file, for terraform.apply.'),
  digest: z.string().describe("The plan file's SHA-256, for terraform.apply: another plan is not applied."),
  add: z.int().describe('Resources that it would create.'),
  change: z.int().describe('Resources that it would change in place.'),
  destroy: z.int().describe('Resources that it would destroy or replace.'),
  destroyed: z.array(z.string()).describe('Addresses of those.'),
  summary: z.string().describe('One sentence for whoever approves it.'),
});
type Seen = Observed<z.output<typeof Output>>;

export const planTerraform = defineRead({
  name: 'terraform.plan',
  version: 1,
  summary: 'Make a plan file in a workspace that is there, for people to approve; nothing is changed',
  input: Input,
  output: Output,
  binds: ['configuration', 'workspace'],
  checks: ['muster.yml names the configuration', 'the workspace is there: Terraform would make one without a word'],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '30m',
  async plan(input, ctx) {
    const known = checkConfiguration(input.configuration, ctx);
    const workspaces =
      known.verdict === 'pass' ? [checkWorkspace(input, await readWorkspaces(input.configuration, ctx))] : [];
    return {
      target: targetOf(input, ctx),
      before: { ...input },
      after: { ...input, plan: 'a plan file' },
      noChange: false,
      checks: [known, ...workspaces],
      estimateMs: usual.minutes / 2,
    };
  },
  async observe(input, ctx) {
    const what = `plan in the ${namePlace(input)}`;
    const key = keyOf(input, ctx);
    const read = await reading(what, () => ctx.terraform.lookPlan(key));
    if (!read.ok) return { state: 'unknown', why: read.sentence, cause: read.fault, againInMs: pace.service };
    const seen = read.value;
    if (seen === null) return begin(key, input, ctx);
    if (seen.state === 'running')
      return { state: 'working', progress: lastWords(seen.output) || 'it is being made', againInMs: pace.service };
    if (seen.state === 'planned') return { state: 'done', output: outputOf(key, seen.digest, seen.changes, input) };
    await ctx.terraform.forgetPlan(key);
    return { state: 'failed', why: sayEnd(`The ${what}`, seen) };
  },
});

/** One plan file for each step; a person's retry, after it was told that it failed, makes it anew. */
function keyOf(input: Place, { owner }: Pick<KitContext, 'owner'>): string {
  return createHash('sha256')
    .update(JSON.stringify([owner, input]))
    .digest('hex')
    .slice(0, 36);
}

async function begin(key: string, input: Place, ctx: KitContext): Promise<Seen> {
  const begun = await reading(`plan in the ${namePlace(input)}`, async () => {
    await ctx.terraform.startPlan(key, input);
    return true;
  });
  if (!begun.ok) return { state: 'failed', why: begun.sentence, cause: begun.fault };
  return { state: 'working', progress: 'it was begun', againInMs: pace.service };
}

function outputOf(key: string, digest: string, changes: TerraformChanges, place: Place): z.output<typeof Output> {
  const { add, change, destroy, destroyed } = changes;
  const lost = destroyed.length > 0 ? `, which are ${destroyed.join(', ')}` : '';
  const summary = `In the ${namePlace(place)}: ${add} to create, ${change} to change, ${destroy} to destroy or replace${lost}.`;
  return { plan: key, digest, ...changes, summary };
}
