import { createHash } from 'node:crypto';
import type { StoredObject } from './state.ts';

export function bytesOf(object: StoredObject): Uint8Array {
  return new Uint8Array(Buffer.from(object.base64, 'base64'));
}

export function sizeOf(object: StoredObject): number {
  return object.size ?? bytesOf(object).length;
}

export function etagOf(object: StoredObject): string {
  const digest = createHash('md5').update(bytesOf(object));
  if (object.parts === undefined) return `"${digest.digest('hex')}"`;
  return `"${digest.update(String(object.parts)).digest('hex')}-${object.parts}"`;
}

/** Stands for the checksum that S3 keeps of every whole object: eight bytes, as its own has. */
export function checksumOf(object: StoredObject): string {
  return createHash('sha256').update(bytesOf(object)).digest().subarray(0, 8).toString('base64');
}
