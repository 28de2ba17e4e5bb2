import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { deserialize, serialize } from 'node:v8';
import { z } from 'zod';
import type { CloudAnswer, CloudCall, Send } from './call.ts';
import { cloneData } from './clone.ts';
import { Fault } from './world/fault.ts';
import type { World } from './world/world.ts';

const largestBody = 8_000_000;
const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

const Call = z.object({
  service: z.string(),
  command: z.string(),
  region: z.string(),
  input: z.record(z.string(), z.unknown()),
});
const Answer = z.union([
  z.object({ ok: z.literal(true), output: z.record(z.string(), z.unknown()) }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      name: z.string(),
      message: z.string(),
      status: z.number(),
      retryable: z.boolean(),
      throttling: z.boolean(),
      network: z.boolean().default(false),
    }),
  }),
]);

interface Reply {
  status: number;
  type: 'application/json' | 'application/octet-stream';
  body: string | Uint8Array;
}

/**
 * A node:http handler that lends a world to other processes on this machine: `POST /call`, `GET /state`,
 * `GET /snapshot`, and `GET`, `POST`, `DELETE /faults`, `DELETE /faults/ID`.
 */
export function serveWorld(world: World): RequestListener {
  return (request, response) => {
    answerRequest(world, request).then(
      (reply) => send(response, reply),
      (error: unknown) => send(response, json(400, { error: error instanceof Error ? error.message : String(error) })),
    );
  };
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
}

function json(status: number, value: unknown): Reply {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

async function answerRequest(world: World, request: IncomingMessage): Promise<Reply> {
  if (!isLocal(request)) return json(403, { error: 'The simulated cloud answers this machine only.' });
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  switch (`${request.method} ${pathname}`) {
    case 'POST /call':
      return answerCall(world, await readBody(request));
    case 'GET /state':
      return json(200, world.view());
    case 'GET /snapshot':
      return json(200, world.snapshot());
    case 'GET /faults':
      return json(200, world.listFaults());
    case 'POST /faults':
      return setFault(world, request);
    case 'DELETE /faults':
      world.clearFaults();
      return json(200, []);
    default:
      return request.method === 'DELETE'
        ? clearOne(world, pathname)
        : json(404, { error: `No such page: ${pathname}` });
  }
}

/** By address and by name: a page of another site that resolves to this machine is refused. */
function isLocal(request: IncomingMessage): boolean {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '');
  return loopback.test(request.socket.remoteAddress ?? '') && loopback.test(name);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > largestBody) throw new Error(`A request may have ${largestBody} bytes, found more.`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

async function answerCall(world: World, body: Buffer): Promise<Reply> {
  const answer = await world.call(Call.parse(cloneData(deserialize(body))));
  return { status: 200, type: 'application/octet-stream', body: serialize(answer) };
}

async function setFault(world: World, request: IncomingMessage): Promise<Reply> {
  if (!request.headers['content-type']?.startsWith('application/json')) {
    return json(415, { error: 'A fault is application/json.' });
  }
  const fault = Fault.parse(JSON.parse((await readBody(request)).toString('utf8')));
  return json(201, { id: world.setFault(fault) });
}

function clearOne(world: World, pathname: string): Reply {
  const id = /^\/faults\/([\w-]+)$/.exec(pathname)?.[1];
  const cleared = id !== undefined && world.clearFault(id);
  return cleared ? json(200, world.listFaults()) : json(404, { error: `No fault goes by that name: ${pathname}` });
}

/** Sends calls to a world in another process; a world that does not answer is a connection that fails. */
export function remoteWorld(url: string): Send {
  const base = new URL(url);
  if (!loopback.test(base.hostname)) {
    throw new Error(`A simulated cloud is reached on this machine only: expected 127.0.0.1, found ${base.hostname}.`);
  }
  return async (call) => {
    try {
      return await post(new URL('/call', base), call);
    } catch (error) {
      return unreachable(base, error);
    }
  };
}

async function post(url: URL, call: CloudCall): Promise<CloudAnswer> {
  const response = await fetch(url, { method: 'POST', body: new Uint8Array(serialize(call)) });
  const body = Buffer.from(await response.arrayBuffer());
  if (response.ok) return Answer.parse(cloneData(deserialize(body)));
  throw new Error(`HTTP ${response.status}: ${body.toString('utf8').slice(0, 200)}`);
}

function unreachable(base: URL, error: unknown): CloudAnswer {
  const why = error instanceof Error ? error.message : String(error);
  const message = `The simulated cloud at ${base.origin} does not answer: ${why}`;
  return {
    ok: false,
    error: { name: 'ECONNREFUSED', message, status: 0, retryable: true, throttling: false, network: true },
  };
}
