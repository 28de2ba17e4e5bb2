import { Refusal } from '../../domain/errors.ts';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect, type Observed } from '../kit/define.ts';
import { sendInTurn } from '../kit/effect.ts';
import { pace } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { RestoreCaptured, RestoreInput, RestoreOutput, RestoreReceipt } from './restore-input.ts';
import { type Need, sayNeed } from './restore-need.ts';
import { type Needs, planRestore, readNeeds } from './restore-plan.ts';
import { sendNeed } from './restore-send.ts';

export const restore = defineEffect({
  name: 'lambda.restore',
  version: 1,
  summary: 'Have functions as a backup has them',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: RestoreInput,
  output: RestoreOutput,
  captured: RestoreCaptured,
  receipt: RestoreReceipt,
  binds: ['from', 'functions', 'left_out'],
  checks: [
    'the backup has its manifest and such functions',
    'what each function needs is known, and none has failed',
    'layers are in the Region',
    'code is at most 50 MB, where the bucket is in another Region',
  ],
  iam: {
    read: [
      's3:GetObject',
      's3:ListBucket',
      'lambda:GetFunctionConfiguration',
      'lambda:GetFunctionConcurrency',
      'lambda:GetPolicy',
      'lambda:ListAliases',
      'lambda:ListEventSourceMappings',
      'lambda:GetLayerVersion',
    ],
    effect: [
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
      'lambda:PutFunctionConcurrency',
      'lambda:DeleteFunctionConcurrency',
      'lambda:RemovePermission',
      'lambda:AddPermission',
      'lambda:PublishVersion',
      'lambda:UpdateAlias',
      'lambda:CreateAlias',
      'lambda:CreateEventSourceMapping',
      'lambda:CreateFunction',
    ],
    asCaller: ['iam:PassRole', 'lambda:TagResource'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: 'Created functions stay, with their tags, as their event sources are disabled; changed ones come back by lambda.restore of an earlier backup.',
  },
  defaultTimeout: '30m',
  plan: planRestore,
  async capture(input, ctx) {
    const { targets, needs } = need(await readNeeds(input, ctx));
    const needed = targets.map(({ name }, index) => [name, words(needs[index])]);
    return { at: ctx.clock.now().toISOString(), needed: Object.fromEntries(needed) };
  },
  async apply(input, { captured }, ctx) {
    await sendNext(input, ctx);
    return { at: captured.at, created: createdOf(captured.needed) };
  },
  async lookup(input, { captured }, ctx) {
    const now = await readNeeds(input, ctx);
    if (!now.ok) return unknowable(now);
    const { targets, needs } = now.value;
    const begun = targets.some(({ name }, index) => captured.needed[name] !== words(needs[index]));
    if (!begun) return { happened: false };
    return { happened: true, receipt: { at: captured.at, created: createdOf(captured.needed) } };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString(), created: [] }),
  async observe(input, receipt, ctx) {
    const now = await readNeeds(input, ctx);
    if (!now.ok) return notSeen(now, pace.service);
    return stateOf(input, now.value, receipt.created);
  },
  advance: (input, _receipt, ctx) => sendNext(input, ctx),
  restore(input, captured) {
    const changed = Object.entries(captured.needed).filter(
      ([, needed]) => needed !== 'creation' && needed !== 'nothing',
    );
    if (changed.length === 0) return null;
    throw new Refusal(
      `${changed.map(([name]) => name).join(', ')} had other code or settings before ${input.folder} was restored. ` +
        'Use lambda.restore with the backup that was made before it.',
    );
  },
});

type Out = { functions: string[]; created: number; left_out: string[] };

function stateOf(input: RestoreInput, { targets, needs }: Needs, created: readonly string[]): Observed<Out> {
  if (targets.length === 0) return { state: 'failed', why: `${input.folder} holds no such functions any more.` };
  const broken = needs.find((one) => one.what === 'repair');
  if (broken?.what === 'repair') return { state: 'failed', why: broken.why };
  if (needs.every(({ what }) => what === 'nothing')) {
    const names = targets.map(({ name }) => name);
    return {
      state: 'done',
      output: { functions: names, created: created.length, left_out: targets.flatMap(({ left }) => left) },
    };
  }
  const progress = targets.flatMap((target, index) => sayOpen(target, needs[index])).join('; ');
  const isDue = needs.some(({ what }) => what !== 'nothing' && what !== 'time');
  return { state: 'working', progress, againInMs: pace.service, ...(isDue ? { due: 'next changes' } : {}) };
}

function sayOpen(target: Needs['targets'][number], needed: Need | undefined): string[] {
  return needed === undefined || needed.what === 'nothing' ? [] : [sayNeed(target, needed)];
}

/** Lambda takes one change of a function at a time: it goes on from what each still needs, whoever began it. */
async function sendNext(input: RestoreInput, ctx: KitContext): Promise<void> {
  const { targets, needs } = need(await readNeeds(input, ctx));
  const open = targets.flatMap((target, index) => (needs[index] ? [{ target, needed: needs[index] }] : []));
  await sendInTurn(
    open.map(
      ({ target, needed }) =>
        () =>
          sendNeed(input, target, needed, ctx),
    ),
  );
}

function words(needed: Need | undefined): string {
  return needed && 'which' in needed ? `${needed.what} ${needed.which}` : (needed?.what ?? 'nothing');
}

function createdOf(needed: Record<string, string>): string[] {
  return Object.entries(needed).flatMap(([name, first]) => (first === 'creation' ? name : []));
}
