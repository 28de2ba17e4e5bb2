import { once } from 'node:events';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createConnection } from 'node:net';
import { dirname } from 'node:path';
import { z } from 'zod';
import { FaultyFiles, Refusal } from '../domain/errors.ts';
import { Json, type JsonObject } from '../domain/json.ts';
import type { Person } from '../domain/person.ts';

/** Carries out one word for one person. */
export type WordHandler = (word: string, args: JsonObject, person: Person) => Promise<JsonObject>;

export interface ControlOptions {
  /** `MUSTER_DATA/control.sock`. */
  socket: string;
  handle: WordHandler;
  /** Who asks, from the proof that came with the word and its arguments; see `verifyIdentity`. */
  identify: (proof: unknown, word: string, args: JsonObject) => Promise<Person>;
  /** An error that is no refusal: the caller is told only that it happened. */
  onError: (error: unknown) => void;
}

export interface ControlServer {
  stop(): Promise<void>;
}

const Ask = z.strictObject({
  word: z.string().min(1).max(40),
  args: z.record(z.string(), Json),
  identity: z.unknown(),
});

const largestBody = 256 * 1024;
/** Milliseconds for the head of a request, for all of it, and between two looks at who is slower. */
const patience = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 2_000 };
/** What the kernel takes as a socket's path; Linux allows 107 bytes, macOS 103. */
const longestPath = 103;

/** Opens the terminal's way in. Only this user may connect. Refuses when another process answers there. */
export async function startControlServer(options: ControlOptions): Promise<ControlServer> {
  if (Buffer.byteLength(options.socket) > longestPath) {
    throw new Refusal(
      `${options.socket} is longer than the ${longestPath} bytes of a socket's path: choose a shorter MUSTER_DATA.`,
    );
  }
  await mkdir(dirname(options.socket), { recursive: true, mode: 0o700 });
  await removeStale(options.socket);
  const begun = new Set<Promise<void>>();
  const server = createServer(patience, (request, response) => {
    take(request, response, options, begun).catch(() => response.destroy());
  });
  server.listen(options.socket);
  await once(server, 'listening');
  await chmod(options.socket, 0o600);
  return {
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      while (begun.size > 0) await Promise.allSettled(begun);
      // Whoever has not said a whole word by now would be waited for.
      server.closeAllConnections();
      await closed;
    },
  };
}

async function removeStale(socket: string): Promise<void> {
  if (await isAnswered(socket))
    throw new Refusal(`${socket} is held by another Muster: stop it, or choose another MUSTER_DATA.`);
  await rm(socket, { force: true });
}

/** Whether a process listens on this socket. */
export async function isAnswered(socket: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const connection = createConnection(socket);
    const tell = (answered: boolean) => () => {
      connection.destroy();
      resolve(answered);
    };
    connection.once('connect', tell(true));
    connection.once('error', tell(false));
  });
}

interface Answer {
  status: number;
  body: JsonObject;
}

/** Whoever goes away before the word is complete has asked for nothing. */
async function take(
  request: IncomingMessage,
  response: ServerResponse,
  options: ControlOptions,
  begun: Set<Promise<void>>,
): Promise<void> {
  const text = await readBody(request);
  const work = answer(request, text, options)
    .then(({ status, body }) => send(response, status, body))
    .finally(() => begun.delete(work));
  begun.add(work);
  await work;
}

async function answer(request: IncomingMessage, text: string | null, options: ControlOptions): Promise<Answer> {
  if (request.method !== 'POST' || request.url !== '/v1/word') {
    return { status: 404, body: { refusal: 'Unknown address: expected POST /v1/word.' } };
  }
  const ask = text === null ? null : readAsk(text);
  if (ask === null) return { status: 400, body: { refusal: 'Expected a JSON object with word, args and identity.' } };
  try {
    const args = ask.args as JsonObject;
    const person = await options.identify(ask.identity, ask.word, args);
    return { status: 200, body: { result: await options.handle(ask.word, args, person) } };
  } catch (error) {
    return explain(error, options);
  }
}

function explain(error: unknown, options: ControlOptions): Answer {
  if (error instanceof Refusal) return { status: 409, body: { refusal: error.message, field: error.field ?? null } };
  if (error instanceof FaultyFiles) return { status: 409, body: { refusal: error.message, field: null } };
  options.onError(error);
  return {
    status: 500,
    body: { refusal: 'Muster failed while doing this; its log says why. What was done shows in `muster status`.' },
  };
}

/** The body, or null when it is too long; read to its end either way, so that the answer is heard. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= largestBody) chunks.push(chunk as Buffer);
  }
  return size > largestBody ? null : Buffer.concat(chunks).toString('utf8');
}

/** Null for what is no such thing, or goes too deep to be one. */
function readAsk(text: string): z.infer<typeof Ask> | null {
  try {
    return Ask.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Resolves once all of it has gone, or the caller has. */
async function send(response: ServerResponse, status: number, body: JsonObject): Promise<void> {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
  if (!response.closed) await once(response, 'close');
}
