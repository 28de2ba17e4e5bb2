import { gunzipSync, gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { bytesOf } from '../s3/contents.ts';
import { storeObject } from '../s3/objects.ts';
import type { Bucket, StoredObject } from '../s3/state.ts';
import type { State } from '../state.ts';
import { tableArn } from './find.ts';
import { type Attributes, marshal, unmarshal } from './items.ts';
import { digest } from './state.ts';
import type { Export } from './transfers.ts';

/** Where an export lies in its bucket. */
export function folderOf({ id, request: { prefix } }: Export): string {
  return `${prefix === '' ? '' : `${prefix}/`}AWSDynamoDB/${id}`;
}

export function exportArn(state: State, { region, request, id }: Export): string {
  return `${tableArn(state, { region, name: request.table })}/export/${id}`;
}

/** An empty file that says that it has begun, and that the bucket can be written. */
export function writeStarted(state: State, bucket: Bucket, made: Export): void {
  storeObject(state, bucket, `${folderOf(made)}/_started`, fileOf(Buffer.alloc(0), made.startedAt));
}

/** The data, and the summary last: an export without it never ended. */
export function writeExport(state: State, bucket: Bucket, made: Export): void {
  const folder = folderOf(made);
  const at = made.endedAt ?? made.startedAt;
  const lines = made.items.map(({ attributes }) => JSON.stringify({ Item: marshal(attributes) })).join('\n');
  const data = `${folder}/data/${digest(made.id).slice(0, 8)}.json.gz`;
  storeObject(state, bucket, data, fileOf(gzipSync(lines), at));
  const files = `${JSON.stringify({ itemCount: made.itemCount, dataFileS3Key: data })}\n`;
  storeObject(state, bucket, `${folder}/manifest-files.json`, fileOf(Buffer.from(files), at));
  const summary = Buffer.from(JSON.stringify(summaryOf(state, made, folder)));
  storeObject(state, bucket, `${folder}/manifest-summary.json`, fileOf(summary, at));
}

function summaryOf(state: State, made: Export, folder: string) {
  const text = (at: number): string => new Date(at).toISOString();
  return {
    version: '2020-06-30',
    exportArn: exportArn(state, made),
    startTime: text(made.startedAt),
    endTime: text(made.endedAt ?? made.startedAt),
    tableArn: tableArn(state, { region: made.region, name: made.request.table }),
    tableId: made.tableId,
    exportTime: text(made.exportTime),
    s3Bucket: made.request.bucket,
    s3Prefix: made.request.prefix === '' ? null : made.request.prefix,
    s3SseAlgorithm: 'AES256',
    s3SseKmsKeyId: null,
    manifestFilesS3Key: `${folder}/manifest-files.json`,
    billedSizeBytes: made.itemCount * made.itemBytes,
    itemCount: made.itemCount,
    outputFormat: 'DYNAMODB_JSON',
  };
}

function fileOf(bytes: Buffer, at: number): StoredObject {
  return { base64: bytes.toString('base64'), contentType: 'application/octet-stream', metadata: {}, at };
}

const Line = z.strictObject({ Item: z.record(z.string(), z.looseObject({})) });

/** What the files under a prefix hold: one item or one error a line; a file that cannot be unzipped is one error. */
export function readItems(
  files: readonly StoredObject[],
  zipped: boolean,
): { items: Attributes[]; errors: number; bytes: number } {
  const texts = files.map((file) => textOf(bytesOf(file), zipped));
  const lines = texts.flatMap((text) => text?.split('\n').filter((line) => line !== '') ?? [undefined]);
  const items = lines.map(itemOf).filter((item) => item !== undefined);
  return {
    items,
    errors: lines.length - items.length,
    bytes: texts.reduce((sum, text) => sum + (text?.length ?? 0), 0),
  };
}

function textOf(bytes: Uint8Array, zipped: boolean): string | undefined {
  try {
    return zipped ? gunzipSync(bytes).toString('utf8') : Buffer.from(bytes).toString('utf8');
  } catch {
    return undefined;
  }
}

function itemOf(line: string | undefined): Attributes | undefined {
  try {
    const { Item } = Line.parse(JSON.parse(line ?? ''));
    return unmarshal(Item as unknown as Record<string, AttributeValue>);
  } catch {
    return undefined;
  }
}
