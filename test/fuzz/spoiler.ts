import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { type Harm, harm, harms } from './harm.ts';

/** What comes instead of a far end's answer: the answer with one part harmed, or something else altogether. */
export type Nonsense =
  | { harmed: Harm }
  | { status: number; headers: Record<string, string>; body: string; breaksOff: boolean };

const bodies = [
  '',
  'null',
  '[]',
  '7',
  '"ok"',
  '{}',
  '{"ok":true}',
  '{"ok":false}',
  '{"ok":false,"error":7}',
  '{"ok":false,"error":"<html>Sign in</html>"}',
  '{"ok":true,"ts":7,"channel":{"id":null}}',
  '{"error":["a",{"b":1}],"message":{}}',
  '<!DOCTYPE html><html><body>Sign in to the guest network</body></html>',
  '<Arn>arn:aws:iam::123456789012:user/ana</Arn>',
  '{"ok":tru',
  '[[[[[[[[',
  '\u0000\u0007',
  `"${'x'.repeat(50_000)}"`,
];
const headers: Record<string, string>[] = [
  {},
  { 'content-type': 'text/html' },
  { 'content-type': 'application/gzip' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'banana' },
  { location: 'http://127.0.0.1:1/' },
  ...['-5', '0', '1000000000', 'soon', 'NaN', '1e400', '0.0001', 'Wed, 21 Oct 1970 07:28:00 GMT', ''].map((after) => ({
    'retry-after': after,
  })),
];

export const nonsense: fc.Arbitrary<Nonsense> = fc.oneof(
  fc.record({ harmed: fc.record(harms) }),
  fc.record({
    status: fc.constantFrom(
      200,
      200,
      200,
      201,
      204,
      206,
      301,
      302,
      307,
      400,
      404,
      408,
      418,
      420,
      422,
      429,
      429,
      500,
      502,
      503,
      599,
    ),
    headers: fc.constantFrom(...headers),
    body: fc.constantFrom(...bodies),
    breaksOff: fc.boolean(),
  }),
);

/** Stands before a far end: passes on what is asked and what is answered, until it is told to answer nonsense. */
export interface Spoiler {
  url: string;
  /** The answer to the nth request from now on, counted from 0, is spoilt; every other is what it is. */
  spoil(nth: number, nonsense: Nonsense): void;
  stop(): Promise<void>;
}

export async function startSpoiler(target: string): Promise<Spoiler> {
  let left = -1;
  let next: Nonsense | null = null;
  const server: Server = createServer((request, response) => {
    const spoilt = left === 0 ? next : null;
    left -= 1;
    pass(target, request, response, spoilt).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spoil: (nth, what) => {
      left = nth;
      next = what;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  spoilt: Nonsense | null,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { host: _host, connection: _connection, 'content-length': _length, ...headersOf } = request.headers;
  const asked = await fetch(`${target}${request.url}`, {
    method: request.method ?? 'GET',
    headers: headersOf as Record<string, string>,
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const text = await asked.text();
  if (spoilt === null) return end(response, asked.status, {}, text);
  if ('harmed' in spoilt) return end(response, asked.status, {}, harmText(text, spoilt.harmed));
  if (!spoilt.breaksOff) return end(response, spoilt.status, spoilt.headers, spoilt.body);
  response.writeHead(spoilt.status, { ...spoilt.headers, 'content-length': Buffer.byteLength(spoilt.body) + 10 });
  response.write(spoilt.body || ' ', () => response.destroy());
}

function end(response: ServerResponse, status: number, more: Record<string, string>, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...more });
  response.end(status === 204 ? undefined : body);
}

/** JSON has no word for what is no number or no date: it says null. */
function harmText(text: string, harmed: Harm): string {
  try {
    const { all } = harm({ all: JSON.parse(text) }, harmed);
    return JSON.stringify(all) ?? '';
  } catch {
    return '';
  }
}
