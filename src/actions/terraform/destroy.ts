import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judge, judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { instant } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { reading } from '../kit/reading.ts';
import {
  checkConfiguration,
  configuration,
  isOwnWorkspace,
  namePlace,
  type Place,
  readWorkspaces,
  targetOf,
  testSuffix,
  testWorkspace,
} from './place.ts';
import { begin, notDone } from './seen.ts';

const Input = z
  .strictObject({
    configuration,
    workspace: z
      .string()
      .regex(/^dr-test-[\w.-]{1,80}$/, 'expected a workspace for tests, such as dr-test-quarterly-3k9x')
      .optional()
      .describe('From terraform.create-workspace of the same run: no other is destroyed.'),
    suffix: testSuffix
      .optional()
      .describe('Instead of workspace: the suffix that the run made it with, for a step that runs whatever happened.'),
  })
  .refine((input) => (input.workspace === undefined) !== (input.suffix === undefined), {
    error: 'expected either workspace or suffix',
    path: ['workspace'],
  });
type In = z.output<typeof Input>;

const Output = z.strictObject({ destroyed: z.array(z.string()).describe('Addresses that were in its state.') });
const Captured = z.strictObject({ at: instant, resources: z.array(z.string()) });
const Receipt = z.strictObject({ key: z.string(), resources: z.array(z.string()) });

export const destroyTerraform = defineEffect({
  name: 'terraform.destroy',
  version: 1,
  summary: 'Destroy everything in a test workspace that this run has made',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: Captured,
  receipt: Receipt,
  binds: ['configuration', 'workspace', 'suffix'],
  checks: ['muster.yml names the configuration', 'the workspace is one that this run has made, by its name'],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  undo: { possible: true, keeps: true, how: 'Only what the run itself has made is gone, so nothing is put back.' },
  defaultTimeout: '1h',
  async plan(input, ctx) {
    const known = checkConfiguration(input.configuration, ctx);
    const place = placeOf(input, ctx);
    const held = known.verdict === 'pass' ? await readHeld(place, ctx) : undefined;
    const question: Question = { id: 'state', title: 'its state can be read', expected: 'an answer', carry: 'never' };
    const asked = held
      ? [judgeReading(question, held, (list) => ({ pass: true, found: `${list.length} resources` }))]
      : [];
    const { configuration: of, workspace = null, suffix = null } = input;
    const bound = { configuration: of, workspace, suffix };
    return {
      target: targetOf(input, ctx),
      before: { ...bound, resources: held?.ok ? held.value : null },
      after: { ...bound, resources: [] },
      // Before its run there is nothing yet of what the run will have built by then.
      noChange: held?.ok === true && held.value.length === 0 && isRun(ctx),
      checks: [known, ...(input.workspace === undefined ? [] : [checkOwn(input.workspace, ctx)]), ...asked],
      estimateMs: usual.minutes,
    };
  },
  async capture(input, ctx) {
    const held = await readHeld(placeOf(input, ctx), ctx);
    if (!held.ok) throw new Error(held.sentence);
    return { at: ctx.clock.now().toISOString(), resources: held.value };
  },
  async apply(input, { token, captured }, ctx) {
    const place = placeOf(input, ctx);
    if (!isOwnWorkspace(place.workspace, ctx.owner))
      throw new Error(`Nothing was destroyed: the ${namePlace(place)} is not one that this run has made.`);
    await begin(`Destroying in the ${namePlace(place)}`, () => ctx.terraform.startDestroy(token, place));
    return { key: token, resources: captured.resources };
  },
  async lookup(input, { token, captured }, ctx) {
    const place = placeOf(input, ctx);
    const what = `destroy in the ${namePlace(place)}`;
    const [job, held] = await Promise.all([reading(what, () => ctx.terraform.look(token)), readHeld(place, ctx)]);
    const receipt = { key: token, resources: captured.resources };
    if (job.ok && job.value !== null && (job.value.state === 'running' || job.value.exit === 0))
      return { happened: true, receipt };
    if (!held.ok) return unknowable(held);
    return held.value.length === 0 ? { happened: true, receipt } : { happened: false };
  },
  unchanged: () => ({ key: 'none', resources: [] }),
  async observe(input, { key, resources }, ctx) {
    const place = placeOf(input, ctx);
    const what = `The destroy in the ${namePlace(place)}`;
    const job = await reading(what, () => ctx.terraform.look(key));
    const open = job.ok && job.value === null ? null : notDone(what, job);
    if (open) return open;
    const held = await readHeld(place, ctx);
    if (!held.ok) return notSeen(held, pace.database);
    if (held.value.length > 0) return { state: 'failed', why: `${what} left ${held.value.join(', ')}.` };
    return { state: 'done', output: { destroyed: resources } };
  },
  restore: () => null,
});

function placeOf({ configuration: of, workspace, suffix = '' }: In, { owner }: Pick<KitContext, 'owner'>): Place {
  return { configuration: of, workspace: workspace ?? testWorkspace(suffix, owner) };
}

function isRun({ owner }: Pick<KitContext, 'owner'>): boolean {
  return owner.startsWith('run_');
}

function checkOwn(name: string, { owner }: Pick<KitContext, 'owner'>): Check {
  const question: Question = {
    id: 'own',
    title: 'workspace is of this run',
    expected: "the run's own",
    carry: 'never',
  };
  const own = isOwnWorkspace(name, owner);
  return judge(question, own, own ? name : `${name}, which this run has not made: no other is destroyed`);
}

/** A workspace that is not there holds nothing. */
async function readHeld(place: Place, ctx: KitContext) {
  const known = await readWorkspaces(place.configuration, ctx);
  if (!known.ok) return known;
  const { configuration: of, workspace } = place;
  if (!known.value.includes(workspace)) return { ok: true as const, value: [] as string[] };
  return reading(`state of the ${namePlace(place)}`, () => ctx.terraform.resources(of, workspace));
}
