import { z } from 'zod';
import { judgeReading, notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { instant } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { mapReading, need, type Reading } from '../kit/reading.ts';
import { checkConfiguration, configuration, readWorkspaces, targetOf, testSuffix, testWorkspace } from './place.ts';
import { begin } from './seen.ts';

const Input = z.strictObject({
  configuration,
  suffix: testSuffix.describe('The workspace is called dr-test, this, and the run: `dr-test-quarterly-3k9x`.'),
  remove: z.string().optional().describe('Removes this empty workspace instead, as undo does.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  workspace: z.string().describe('Its name, for terraform.plan and terraform.destroy.'),
});
const Captured = z.strictObject({ at: instant, workspace: z.string(), there: z.boolean() });
const Receipt = z.strictObject({ workspace: z.string() });

export const createWorkspace = defineEffect({
  name: 'terraform.create-workspace',
  version: 1,
  summary: 'Make an empty workspace for a test, of this run alone',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: Captured,
  receipt: Receipt,
  binds: ['configuration', 'suffix'],
  checks: ['muster.yml names the configuration', 'its workspaces can be read'],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  undo: { possible: true, how: 'Removes the workspace; Terraform refuses while it holds anything.' },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const known = checkConfiguration(input.configuration, ctx);
    const name = nameOf(input, ctx);
    const bound = { configuration: input.configuration, suffix: input.suffix };
    const read: Reading<boolean> | undefined = known.verdict === 'pass' ? await readThere(input, name, ctx) : undefined;
    const question = {
      id: 'workspaces',
      title: 'workspaces can be read',
      expected: 'an answer',
      carry: 'never',
    } as const;
    return {
      target: targetOf(input, ctx),
      before: { ...bound, workspace: read?.ok ? (read.value ? 'there' : 'absent') : null },
      after: { ...bound, workspace: input.remove === undefined ? 'there' : 'absent' },
      noChange: read?.ok === true && read.value === (input.remove === undefined),
      checks: [
        known,
        ...(read
          ? [
              judgeReading(question, read, (there) => ({
                pass: true,
                found: there ? 'it is there' : 'it is not there',
              })),
            ]
          : []),
      ],
      estimateMs: usual.seconds,
    };
  },
  async capture(input, ctx) {
    const workspace = nameOf(input, ctx);
    return { at: ctx.clock.now().toISOString(), workspace, there: need(await readThere(input, workspace, ctx)) };
  },
  async apply({ configuration: of, remove }, { captured }, ctx) {
    const { workspace } = captured;
    await begin(`The workspace ${workspace}`, () =>
      remove === undefined
        ? ctx.terraform.createWorkspace(of, workspace)
        : ctx.terraform.deleteWorkspace(of, workspace),
    );
    return { workspace };
  },
  async lookup(input, { captured }, ctx) {
    const { workspace } = captured;
    const read = await readThere(input, workspace, ctx);
    if (!read.ok) return unknowable(read);
    return read.value === (input.remove === undefined)
      ? { happened: true, receipt: { workspace } }
      : { happened: false };
  },
  unchanged: (input, ctx) => ({ workspace: nameOf(input, ctx) }),
  async observe(input, { workspace }, ctx) {
    const read = await readThere(input, workspace, ctx);
    if (!read.ok) return notSeen(read, pace.service);
    if (read.value === (input.remove === undefined)) return { state: 'done', output: { workspace } };
    return { state: 'failed', why: `The workspace ${workspace} is ${read.value ? 'still there' : 'not there'}.` };
  },
  restore: ({ configuration: of, suffix }, { workspace, there }) =>
    there ? null : { configuration: of, suffix, remove: workspace },
});

function nameOf({ suffix, remove }: In, { owner }: Pick<KitContext, 'owner'>): string {
  return remove ?? testWorkspace(suffix, owner);
}

async function readThere({ configuration: of }: In, name: string, ctx: KitContext): Promise<Reading<boolean>> {
  return mapReading(await readWorkspaces(of, ctx), (known) => known.includes(name));
}
