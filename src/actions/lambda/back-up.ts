import PQueue from 'p-queue';
import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { type BackupManifest, backupFolder, type SavedFunction } from '../../domain/function-backup.ts';
import { judgeReading, notKnown, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { count, instant } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { BackUpInput, findOwn, planBackUp, stepName } from './back-up-plan.ts';
import { filesOf, missingFiles, readFolders, readManifest, storeManifest, storeParcel } from './backup-store.ts';
import { type KnownFunction, readFunctions } from './function.ts';
import { gatherFunction } from './save-function.ts';

const inFlight = 3;

const Output = z.strictObject({
  folder: z.string().describe('Folder of this backup, for lambda.restore.'),
  functions: count.describe('Functions saved.'),
  without_code: z.array(z.string()).describe('Functions from an image, which stays in its registry.'),
  made_at: instant,
});

export const backUp = defineEffect({
  name: 'lambda.back-up',
  version: 1,
  summary: 'Save functions with code, settings, layers, aliases and event sources',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: BackUpInput,
  output: Output,
  captured: z.strictObject({ at: instant, folder: z.string() }),
  receipt: z.strictObject({ folder: z.string().nullable().describe('Null where this step saved them before.') }),
  binds: ['functions', 'bucket'],
  checks: [
    'there are such functions, at most 40',
    'how many come from an image, whose code is not saved',
    'the bucket answers',
  ],
  iam: {
    read: [
      'lambda:ListFunctions',
      'lambda:GetFunction',
      'lambda:GetFunctionConfiguration',
      'lambda:GetFunctionConcurrency',
      'lambda:ListAliases',
      'lambda:GetPolicy',
      'lambda:ListEventSourceMappings',
      'lambda:GetLayerVersion',
      's3:ListBucket',
      's3:GetObject',
    ],
    effect: ['s3:PutObject'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: true, keeps: true, how: 'Nothing to put back: a backup takes nothing away, so it stays.' },
  defaultTimeout: '10m',
  plan: planBackUp,
  async capture(input, ctx) {
    need(await readFunctions(input.region, input.functions, ctx));
    need(await readFolders(input, input.prefix, ctx));
    const at = ctx.clock.now();
    return { at: at.toISOString(), folder: backupFolder(input.prefix, at, stepName(ctx)) };
  },
  async apply(input, { captured }, ctx) {
    const found = need(await readFunctions(input.region, input.functions, ctx));
    const functions = await saveAll(input, captured.folder, found, ctx);
    const about = { version: 1 as const, made_at: captured.at, made_by: ctx.owner, region: input.region };
    await storeManifest(input, captured.folder, { ...about, functions }, ctx);
    return { folder: captured.folder };
  },
  async lookup(input, { captured }, ctx) {
    const manifest = await readManifest(input, captured.folder, ctx);
    if (!manifest.ok) return unknowable(manifest);
    return manifest.value ? { happened: true, receipt: { folder: captured.folder } } : { happened: false };
  },
  unchanged: () => ({ folder: null }),
  async observe(input, receipt, ctx) {
    const own = receipt.folder === null ? await findOwn(input, ctx) : { ok: true as const, value: receipt.folder };
    if (!own.ok) return notSeen(own, pace.service);
    if (own.value === undefined) return { state: 'failed', why: 'The backup of this step is not there any more.' };
    const manifest = await readManifest(input, own.value, ctx);
    if (!manifest.ok) return notSeen(manifest, pace.service);
    if (!manifest.value)
      return { state: 'failed', why: `${own.value} has no manifest: its backup was never finished.` };
    return { state: 'done', output: { folder: own.value, ...summaryOf(manifest.value) } };
  },
  async verify(input, output, ctx) {
    return [await filesCheck(input, output.folder, ctx)];
  },
  restore: () => null,
});

async function saveAll(
  input: BackUpInput,
  folder: string,
  found: readonly KnownFunction[],
  ctx: KitContext,
): Promise<SavedFunction[]> {
  const queue = new PQueue({ concurrency: inFlight });
  const saving = found.map(({ FunctionName }) =>
    queue.add(async () => {
      const { saved, parcels } = await gatherFunction({ region: input.region, function: FunctionName }, ctx);
      for (const parcel of parcels) await storeParcel(input, folder, parcel, ctx);
      return saved;
    }),
  );
  const ended = await Promise.allSettled(saving);
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

function summaryOf({ functions, made_at }: BackupManifest) {
  const without = functions.filter(({ file }) => file === null).map(({ name }) => name);
  return { functions: functions.length, without_code: without, made_at };
}

async function filesCheck(input: BackUpInput, folder: string, ctx: KitContext): Promise<Check> {
  const question: Question = { id: 'files', title: 'code of every function is there', expected: 'all', carry: 'never' };
  const manifest = await readManifest(input, folder, ctx);
  if (!manifest.ok) return notKnown(question, manifest.sentence, manifest.fault);
  const files = filesOf(manifest.value?.functions ?? []);
  return judgeReading(question, await missingFiles(input, folder, files, ctx), (missing) => ({
    pass: manifest.value !== undefined && missing.length === 0,
    found: missing.length === 0 ? `${files.length} files` : `without ${missing.join(', ')}`,
  }));
}
