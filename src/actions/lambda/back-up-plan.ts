import { z } from 'zod';
import type { ActionPlan } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { label, region } from '../kit/fields.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { readFolders, readManifest, storeFields } from './backup-store.ts';
import { functionPrefix, type KnownFunction, readFunctions } from './function.ts';

/** What fits into the time that an effect may take. */
const mostFunctions = 40;

export const BackUpInput = z.strictObject({
  region: region.describe('Region of the functions.'),
  functions: functionPrefix,
  ...storeFields,
  prefix: label.default('lambda-backups').describe('Folder of that bucket under which each backup has its own.'),
});
export type BackUpInput = z.output<typeof BackUpInput>;

export async function planBackUp(input: BackUpInput, ctx: KitContext): Promise<ActionPlan> {
  const [found, folders, own] = await Promise.all([
    readFunctions(input.region, input.functions, ctx),
    readFolders(input, input.prefix, ctx),
    findOwn(input, ctx),
  ]);
  const there: Question = { id: 'functions', title: 'there are such functions', expected: '1 to 40', carry: 'never' };
  const bucket: Question = { id: 'bucket', title: 'bucket answers', expected: 'an answer', carry: 'never' };
  const names = { functions: `${input.functions}…`, bucket: input.bucket };
  return {
    target: { region: input.bucket_region, resource: `s3:${input.bucket}/${input.prefix}` },
    before: { ...names, saved: own.ok ? (own.value ?? null) : null },
    after: { ...names, saved: found.ok ? sayFunctions(found.value) : null },
    noChange: own.ok && own.value !== undefined && found.ok,
    checks: [
      judgeReading(there, found, (all) => ({
        pass: all.length > 0 && all.length <= mostFunctions,
        found: sayFunctions(all),
      })),
      judgeReading(bucket, folders, (all) => ({ pass: true, found: `${all.length} earlier backups` })),
    ],
    estimateMs: usual.seconds,
  };
}

function sayFunctions(all: readonly KnownFunction[]): string {
  const images = all.filter(({ PackageType }) => PackageType === 'Image').length;
  const names = all.map(({ FunctionName }) => FunctionName).join(', ');
  return `${all.length} functions${names ? ` (${names})` : ''}${images > 0 ? `; the code of ${images} is an image and stays in its registry` : ''}`;
}

/** The finished backup that this very step has made. */
export async function findOwn(input: BackUpInput, ctx: KitContext): Promise<Reading<string | undefined>> {
  const folders = await readFolders(input, input.prefix, ctx);
  if (!folders.ok) return folders;
  const own = folders.value.find((folder) => folder.endsWith(`-${stepName(ctx)}`));
  if (own === undefined) return { ok: true, value: undefined };
  const manifest = await readManifest(input, own, ctx);
  return manifest.ok ? { ok: true, value: manifest.value && own } : manifest;
}

/** This step, as its folders end. */
export function stepName({ owner }: KitContext): string {
  return owner.replace(/^run_/, '').replace(/[^A-Za-z0-9]+/g, '-');
}
