import { z } from 'zod';
import { Duration, durationMs } from '../../domain/duration.ts';
import type { BackupManifest } from '../../domain/function-backup.ts';
import { judgeReading, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead } from '../kit/define.ts';
import { count, instant, label, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { mapReading, type Reading } from '../kit/reading.ts';
import { filesOf, missingFiles, readFolders, readManifest, storeFields } from './backup-store.ts';
import { functionPrefix, type KnownFunction, readFunctions } from './function.ts';

/** Older ones are not looked into: what is only there is not a backup to rely on. */
const mostRead = 5;

const Input = z.strictObject({
  functions: functionPrefix,
  region: region
    .optional()
    .describe('Region of the functions, to see that each has a backup; without it none is asked for.'),
  ...storeFields,
  prefix: label.default('lambda-backups').describe('Folder of that bucket under which the backups are.'),
  max_age: Duration.default('1d').describe('The backup is no older than this.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  folder: z.string().describe('The newest finished backup with such functions, for lambda.restore.'),
  made_at: instant,
  functions: count.describe('Such functions in it.'),
  changed_since: z.array(z.string()).describe('Functions whose code is another now.'),
});

interface Newest {
  folder: string;
  manifest: BackupManifest;
}

export const checkBackups = defineRead({
  name: 'lambda.check-backups',
  version: 1,
  summary: 'See that functions have a backup that is recent and whole',
  input: Input,
  output: Output,
  binds: ['functions', 'bucket'],
  checks: ['there is a finished backup'],
  iam: { read: ['s3:ListBucket', 's3:GetObject', 'lambda:ListFunctions'], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const any: Question = { id: 'backup', title: 'there is a finished backup', expected: 'one', carry: 'never' };
    const newest = await findNewest(input, ctx);
    const names = { functions: `${input.functions}…`, bucket: input.bucket };
    return {
      target: null,
      before: names,
      after: { ...names, max_age: input.max_age },
      noChange: false,
      checks: [
        judgeReading(any, newest, (value) => ({
          pass: value !== undefined,
          found: value ? `${value.folder} of ${value.manifest.made_at}` : 'none',
        })),
      ],
      estimateMs: usual.instant,
    };
  },
  async observe(input, ctx) {
    const [newest, now] = await Promise.all([
      findNewest(input, ctx),
      input.region === undefined ? ([] as KnownFunction[]) : readFunctions(input.region, input.functions, ctx),
    ]);
    if (!newest.ok) return notSeen(newest, pace.service);
    if (!Array.isArray(now) && !now.ok) return notSeen(now, pace.service);
    if (!newest.value)
      return { state: 'failed', why: `${where(input)} holds no finished backup of ${input.functions}….` };
    const there = Array.isArray(now) ? now : now.value;
    const lacks = await lackOf(input, newest.value, there, ctx);
    if (!lacks.ok) return notSeen(lacks, pace.service);
    if (lacks.value !== null) return { state: 'failed', why: `${newest.value.folder} ${lacks.value}.` };
    return { state: 'done', output: outputOf(input, newest.value, there) };
  },
});

async function findNewest(input: In, ctx: KitContext): Promise<Reading<Newest | undefined>> {
  const folders = await readFolders(input, input.prefix, ctx);
  if (!folders.ok) return folders;
  for (const folder of folders.value.slice(0, mostRead)) {
    const manifest = await readManifest(input, folder, ctx);
    if (!manifest.ok) return manifest;
    if (manifest.value && savedOf(input, manifest.value).length > 0) {
      return { ok: true, value: { folder, manifest: manifest.value } };
    }
  }
  return { ok: true, value: undefined };
}

function savedOf({ functions }: In, manifest: BackupManifest) {
  return manifest.functions.filter(({ name }) => name.startsWith(functions));
}

/** What the backup lacks, as the end of a sentence; null where it lacks nothing. */
async function lackOf(
  input: In,
  { folder, manifest }: Newest,
  now: readonly KnownFunction[],
  ctx: KitContext,
): Promise<Reading<string | null>> {
  const ageMs = ctx.clock.now().getTime() - Date.parse(manifest.made_at);
  if (!(ageMs <= durationMs(input.max_age))) return told(`is of ${manifest.made_at}, older than ${input.max_age}`);
  const saved = savedOf(input, manifest);
  const without = now.filter(({ FunctionName }) => !saved.some(({ name }) => name === FunctionName));
  if (without.length > 0) return told(`lacks ${without.map(({ FunctionName }) => FunctionName).join(', ')}`);
  const missing = await missingFiles(input, folder, filesOf(saved), ctx);
  return mapReading(missing, (files) => (files.length > 0 ? `lacks ${files.join(', ')}` : null));
}

function told(value: string | null): Reading<string | null> {
  return { ok: true, value };
}

function outputOf(input: In, { folder, manifest }: Newest, now: readonly KnownFunction[]) {
  const saved = savedOf(input, manifest);
  const changed = now.filter(({ FunctionName, CodeSha256 }) =>
    saved.some(({ name, sha256 }) => name === FunctionName && sha256 !== CodeSha256),
  );
  return {
    folder,
    made_at: manifest.made_at,
    functions: saved.length,
    changed_since: changed.map(({ FunctionName }) => FunctionName),
  };
}

function where({ bucket, prefix }: In): string {
  return `${prefix} of bucket ${bucket}`;
}
