import type { ListObjectsV2CommandInput, ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { etagOf, sizeOf } from './contents.ts';
import type { Bucket } from './state.ts';

const most = 1_000;

/** A page of keys in order; keys that share a prefix up to the delimiter count as one. */
export function listObjects(
  bucket: Bucket,
  input: ListObjectsV2CommandInput,
): Omit<ListObjectsV2CommandOutput, '$metadata'> {
  const after = input.ContinuationToken ?? input.StartAfter ?? '';
  const keys = Object.keys(bucket.objects).filter((key) => key.startsWith(input.Prefix ?? ''));
  const entries = [...new Set(keys.map((key) => groupOf(key, input) ?? key))].filter((one) => one > after).sort();
  const page = entries.slice(0, Math.min(input.MaxKeys ?? most, most));
  const more = page.length < entries.length;
  const Contents = page.flatMap((Key) => {
    const object = Object.hasOwn(bucket.objects, Key) ? bucket.objects[Key] : undefined;
    return object ? [{ Key, ETag: etagOf(object), Size: sizeOf(object), LastModified: new Date(object.at) }] : [];
  });
  const groups = page.filter((one) => !Object.hasOwn(bucket.objects, one)).map((Prefix) => ({ Prefix }));
  return {
    Name: bucket.name,
    ...(Contents.length > 0 ? { Contents } : {}),
    ...(groups.length > 0 ? { CommonPrefixes: groups } : {}),
    KeyCount: page.length,
    IsTruncated: more,
    ...(more ? { NextContinuationToken: page.at(-1) } : {}),
  };
}

function groupOf(key: string, { Prefix = '', Delimiter }: ListObjectsV2CommandInput): string | undefined {
  if (Delimiter === undefined) return undefined;
  const end = key.indexOf(Delimiter, Prefix.length);
  return end < 0 ? undefined : key.slice(0, end + Delimiter.length);
}
