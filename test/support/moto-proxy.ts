import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createEcsRealism } from './moto-ecs.ts';
import { createElbRealism } from './moto-elb.ts';
import { createFaults, type Faults } from './moto-faults.ts';
import { createQuotaRealism } from './moto-quotas.ts';
import type { EcsTiming } from './moto-ramp.ts';
import { createRdsRealism } from './moto-rds.ts';
import { createRoute53Realism } from './moto-route53.ts';
import { type Call, type Forward, type Realism, type Reply, readCall } from './moto-wire.ts';

/** How long AWS takes here, in milliseconds, and how a promotion or a start of tasks ends; may be changed while running. */
export interface Timing extends EcsTiming {
  promoteMs: number;
  promotion: 'ends' | 'never' | 'fails';
  dnsPendingMs: number;
  targetHealthyMs: number;
}

export interface MotoProxy {
  url: string;
  timing: Timing;
  faults: Faults;
  /** Every call that arrived, oldest first, whether or not it was answered. */
  calls: Pick<Call, 'service' | 'region' | 'operation' | 'fields'>[];
  stop(): Promise<void>;
}

const quick: Timing = {
  promoteMs: 600,
  promotion: 'ends',
  dnsPendingMs: 300,
  ecsRampMs: 400,
  taskStoppingMs: 300,
  tasks: 'start',
  targetHealthyMs: 200,
};

/** Stands before a moto_server and makes AWS take its states, its time and its troubles. */
export async function startMotoProxy(motoUrl: string, chosen: Partial<Timing> = {}): Promise<MotoProxy> {
  const timing = { ...quick, ...chosen };
  const faults = createFaults();
  const calls: MotoProxy['calls'] = [];
  const ecs = createEcsRealism(timing);
  const realisms = [
    createRdsRealism(timing),
    createRoute53Realism(timing),
    ecs,
    createElbRealism(timing, ecs.tasksOf),
    createQuotaRealism(),
  ];
  const forward: Forward = (call) => ask(motoUrl, call);

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = readCall(request, await readBody(request));
    calls.push({ service: call.service, region: call.region, operation: call.operation, fields: call.fields });
    const meeting = await faults.meet(call);
    if (meeting.next === 'silence') return;
    if (meeting.next === 'hang-up') return void response.destroy();
    if (meeting.next === 'reply') return send(response, meeting.reply);
    const reply = await answer(call, realisms, forward);
    if (meeting.next === 'hang-up-after-effect') return void response.destroy();
    send(response, reply);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    timing,
    faults,
    calls,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(call: Call, realisms: readonly Realism[], forward: Forward): Promise<Reply> {
  for (const realism of realisms) {
    const instead = await realism.before?.(call, forward);
    if (instead !== undefined) return instead;
  }
  const reply = await forward(call);
  return realisms.reduce((so, realism) => realism.after?.(call, so) ?? so, reply);
}

const hopByHop = ['connection', 'content-length', 'transfer-encoding', 'content-encoding', 'expect', 'keep-alive'];

async function ask(motoUrl: string, call: Call): Promise<Reply> {
  const headers = Object.fromEntries(Object.entries(call.headers).filter(([name]) => !hopByHop.includes(name)));
  const body = call.method === 'GET' || call.method === 'HEAD' ? null : call.body;
  const response = await fetch(`${motoUrl}${call.path}`, { method: call.method, headers, body });
  const isHead = call.method === 'HEAD';
  const kept = [...response.headers].filter(
    ([name]) => !hopByHop.includes(name) || (isHead && name === 'content-length'),
  );
  return { status: response.status, headers: Object.fromEntries(kept), body: await response.text() };
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, reply.headers);
  response.end(reply.body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
