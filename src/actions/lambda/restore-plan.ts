import { GetLayerVersionByArnCommand } from '@aws-sdk/client-lambda';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judge, judgeReading, notKnown, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import { mapReading, orAbsent, type Reading, reading, stated } from '../kit/reading.ts';
import { readManifest } from './backup-store.ts';
import type { RestoreInput } from './restore-input.ts';
import { type Need, readNeed, sayNeed } from './restore-need.ts';
import { type Target, targetsOf } from './restore-target.ts';
import { layersOf } from './settings.ts';

/** What a request may carry of a package itself, in bytes. */
const largestCarried = 50 * 1024 ** 2;

const carry = 'never' as const;
const backup: Question = {
  id: 'backup',
  title: 'backup is whole and has such functions',
  expected: '1 or more',
  carry,
};
const state: Question = { id: 'functions', title: 'what each function needs is known', expected: 'an answer', carry };
const layers: Question = { id: 'layers', title: 'layers are in this Region', expected: 'all', carry };
const sizes: Question = { id: 'sizes', title: 'code can be carried from the bucket', expected: 'at most 50 MB', carry };

export interface Needs {
  targets: Target[];
  needs: Need[];
}

/** What every function of the backup needs now, in the order of the backup. */
export async function readNeeds(input: RestoreInput, ctx: KitContext): Promise<Reading<Needs>> {
  const targets = await readTargets(input, ctx);
  if (!targets.ok) return targets;
  const read = await Promise.all(targets.value.map((target) => readNeed(target, ctx)));
  const needs: Need[] = [];
  for (const one of read) {
    if (!one.ok) return one;
    needs.push(one.value);
  }
  return { ok: true, value: { targets: targets.value, needs } };
}

async function readTargets(input: RestoreInput, ctx: KitContext): Promise<Reading<Target[]>> {
  const manifest = await readManifest(input, input.folder, ctx);
  return mapReading(manifest, (found) => (found ? targetsOf(input, found) : []));
}

export async function planRestore(input: RestoreInput, ctx: KitContext): Promise<ActionPlan> {
  const targets = await readTargets(input, ctx);
  const found = await readNeeds(input, ctx);
  const names = targets.ok ? targets.value.map(({ name }) => name).join(', ') : null;
  const now = found.ok ? found.value.targets.map((target, index) => sayAt(found.value, target, index)) : null;
  const left = targets.ok ? targets.value.flatMap((target) => target.left) : [];
  return {
    target: { region: input.region, resource: `lambda:${input.functions}*${input.suffix}` },
    before: { from: input.folder, functions: names, now: now?.join('; ') ?? null },
    after: { from: input.folder, functions: names, left_out: left.join('; ') || 'nothing' },
    noChange: found.ok && found.value.needs.length > 0 && found.value.needs.every(({ what }) => what === 'nothing'),
    checks: [
      judgeReading(backup, targets, (all) => ({ pass: all.length > 0, found: `${all.length} functions` })),
      needsCheck(found),
      ...(targets.ok ? [await layersCheck(targets.value, ctx)] : []),
      ...(targets.ok && input.bucket_region !== input.region ? [sizeCheck(targets.value)] : []),
    ],
    estimateMs: usual.minutes,
  };
}

function sayAt({ needs }: Needs, target: Target, index: number): string {
  const need = needs[index];
  return need ? sayNeed(target, need) : target.name;
}

function needsCheck(found: Reading<Needs>): Check {
  return judgeReading(state, found, ({ needs }) => {
    const broken = needs.flatMap((need) => (need.what === 'repair' ? need.why : []));
    return { pass: broken.length === 0, found: broken.join('; ') || `${needs.length} known` };
  });
}

/** A layer that is not in the Region has to be published there first: its code is in the backup. */
async function layersCheck(targets: readonly Target[], ctx: KitContext): Promise<Check> {
  const wanted = [...new Set(targets.flatMap((target) => layersOf(target.settings)))];
  const region = targets[0]?.region ?? '';
  const read = await Promise.all(wanted.map((arn) => readLayer(region, arn, ctx)));
  const unread = read.find((one) => !one.ok);
  if (unread && !unread.ok) return notKnown(layers, unread.sentence, unread.fault);
  const absent = wanted.filter((_, index) => read[index]?.ok && !read[index].value);
  const found = `${absent.join(', ')} not there: publish from the layers folder of the backup`;
  return judge(layers, absent.length === 0, absent.length === 0 ? `${wanted.length} of ${wanted.length}` : found);
}

async function readLayer(region: string, arn: string, ctx: KitContext): Promise<Reading<boolean>> {
  const read = await reading(`layer ${arn}`, async () => {
    const layer = await ctx.aws.lambda(region).send(new GetLayerVersionByArnCommand({ Arn: arn }));
    return stated(layer.LayerVersionArn, 'its name').length > 0;
  });
  return mapReading(orAbsent(read), (there) => there === true);
}

function sizeCheck(targets: readonly Target[]): Check {
  const large = targets.filter(({ saved }) => saved.size > largestCarried);
  const found = `${large.map(({ name }) => name).join(', ')} larger: copy the folder to a bucket of this Region first`;
  return judge(sizes, large.length === 0, large.length === 0 ? 'all' : found);
}
