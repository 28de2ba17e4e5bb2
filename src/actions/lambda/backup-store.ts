import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { BackupManifest, manifestName, type SavedFunction } from '../../domain/function-backup.ts';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { region } from '../kit/fields.ts';
import { mapReading, orAbsent, type Reading, reading, stated } from '../kit/reading.ts';
import { parseJson } from './parse.ts';
import type { Parcel } from './save-function.ts';

/** Where backups of functions are kept. */
export const storeFields = {
  bucket: z
    .string()
    .min(3, 'expected a bucket name')
    .max(63, 'expected a bucket name')
    .describe('Bucket of the backups.'),
  bucket_region: region.describe('Region of that bucket: one that survives.'),
};

export interface Store {
  bucket: string;
  bucket_region: string;
}

/** The folders under a prefix, the newest first: their names begin with the time. */
export function readFolders(
  { bucket, bucket_region: home }: Store,
  prefix: string,
  ctx: KitContext,
): Promise<Reading<string[]>> {
  return reading(`backups under ${prefix} of bucket ${bucket} in ${home}`, async () => {
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = await ctx.aws.s3(home).send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: `${prefix.replace(/\/+$/, '')}/`,
          Delimiter: '/',
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
      );
      stated(page.IsTruncated, 'whether there are more');
      for (const one of page.CommonPrefixes ?? []) found.push(stated(one.Prefix, 'a folder').replace(/\/$/, ''));
      token = page.IsTruncated ? stated(page.NextContinuationToken, 'where to go on') : undefined;
    } while (token !== undefined);
    return found.sort().reverse();
  });
}

/** What a folder holds; undefined where its backup was never finished. */
export async function readManifest(
  store: Store,
  folder: string,
  ctx: KitContext,
): Promise<Reading<BackupManifest | undefined>> {
  const read = await reading(`backup ${folder} of bucket ${store.bucket} in ${store.bucket_region}`, async () => {
    const key = `${folder}/${manifestName}`;
    const answer = await ctx.aws.s3(store.bucket_region).send(new GetObjectCommand({ Bucket: store.bucket, Key: key }));
    const parsed = BackupManifest.safeParse(parseJson(await stated(answer.Body, 'its contents').transformToString()));
    return stated(parsed.data, 'what a manifest has');
  });
  return orAbsent(read);
}

/** Files of these functions in their folder: code and layers, each once. */
export function filesOf(functions: readonly SavedFunction[]): string[] {
  const files = functions.flatMap(({ file, layers }) => [file ?? [], layers.map((layer) => layer.file)].flat());
  return [...new Set(files)];
}

/** Which of these files are not in the folder. */
export async function missingFiles(
  store: Store,
  folder: string,
  files: readonly string[],
  ctx: KitContext,
): Promise<Reading<string[]>> {
  const read = await Promise.all(files.map((file) => readFile(store, `${folder}/${file}`, ctx)));
  const unread = read.find((one) => !one.ok);
  if (unread && !unread.ok) return unread;
  return { ok: true, value: files.filter((_, index) => !(read[index]?.ok && read[index].value)) };
}

/** Whether a file lies in the folder, whole: S3 compared its hash when it came. */
async function readFile(store: Store, key: string, ctx: KitContext): Promise<Reading<boolean>> {
  const read = await reading(`${key} of bucket ${store.bucket} in ${store.bucket_region}`, async () => {
    const head = await ctx.aws.s3(store.bucket_region).send(new HeadObjectCommand({ Bucket: store.bucket, Key: key }));
    return stated(head.ContentLength, 'its size') > 0;
  });
  return mapReading(orAbsent(read), (there) => there === true);
}

export async function storeParcel(
  store: Store,
  folder: string,
  { file, bytes, sha256 }: Parcel,
  ctx: KitContext,
): Promise<void> {
  const object = { Bucket: store.bucket, Key: `${folder}/${file}`, Body: bytes, ChecksumSHA256: sha256 };
  const Metadata = { 'muster-owner': ctx.owner };
  await effect(`Saving ${file} in bucket ${store.bucket}`, () =>
    ctx.aws.s3(store.bucket_region).send(new PutObjectCommand({ ...object, Metadata, ContentType: 'application/zip' })),
  );
}

export async function storeManifest(
  store: Store,
  folder: string,
  manifest: BackupManifest,
  ctx: KitContext,
): Promise<void> {
  const object = { Bucket: store.bucket, Key: `${folder}/${manifestName}`, Body: JSON.stringify(manifest, null, 2) };
  const Metadata = { 'muster-owner': ctx.owner };
  await effect(`Saving the manifest in bucket ${store.bucket}`, () =>
    ctx.aws
      .s3(store.bucket_region)
      .send(new PutObjectCommand({ ...object, Metadata, ContentType: 'application/json' })),
  );
}
