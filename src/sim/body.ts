import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';

/** A request's `Body` as bytes, so that it can cross processes. */
export async function collectBody(body: unknown): Promise<Uint8Array> {
  if (body === undefined) return new Uint8Array();
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array | string>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A response's `Body` with the readers that the SDK gives its streams. */
export function streamBody(bytes: Uint8Array): Readable {
  const transformToByteArray = async (): Promise<Uint8Array> => bytes;
  const transformToString = async (encoding?: string): Promise<string> => new TextDecoder(encoding).decode(bytes);
  const stream = Readable.from([Buffer.from(bytes)]);
  const transformToWebStream = () => Readable.toWeb(stream);
  return Object.assign(stream, { transformToByteArray, transformToString, transformToWebStream });
}
