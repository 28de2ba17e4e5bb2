import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { doing } from '../../src/slack/listeners/buttons.ts';
import { type SlackEdge, startSlack } from '../../src/slack/start.ts';
import { until } from '../support/simulated-muster.ts';
import { edgeOptions } from './bench.ts';
import { everybody, type PressingStage, people, startPressingStage } from './pressing-stage.ts';
import { buttons, sent } from './role-table.ts';

interface Request {
  body: string;
  headers: Record<string, string>;
}

/** What Slack has sent, to be sent once more by somebody who has read it on its way. */
const requests: Request[] = [];
/** Requests that were taken, as the store has them for every replica. */
const taken = new Set<string>();
const seen = async (signature: string): Promise<boolean> => taken.size === taken.add(signature).size;

let stage: PressingStage;
let wire: Server;
let replica: SlackEdge;
beforeAll(async () => {
  stage = await startPressingStage({ seen });
  const { slack, muster, url } = stage.bench;
  replica = await startSlack({ ...edgeOptions(muster, slack, false), seen });
  wire = createServer((request, response) => {
    passOn(request, url).then(
      ({ status, type, text }) => response.writeHead(status, { 'content-type': type }).end(text),
      () => response.destroy(),
    );
  }).listen(0, '127.0.0.1');
  await once(wire, 'listening');
  const address = wire.address();
  slack.deliverTo(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
});
afterAll(async () => {
  wire.closeAllConnections();
  wire.close();
  await replica.stop();
  await stage.bench.close();
});

const send = (url: string, { body, headers }: Request): Promise<Response> =>
  fetch(url, { method: 'POST', headers, body });

/** Notes what Slack sends, and sends it on as it is. */
async function passOn(request: IncomingMessage, url: string): Promise<{ status: number; type: string; text: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
  const read = { body: Buffer.concat(chunks).toString('utf8'), headers: headers as Record<string, string> };
  requests.push(read);
  const answer = await send(url, read);
  return { status: answer.status, type: answer.headers.get('content-type') ?? 'text/plain', text: await answer.text() };
}

/** Sends what somebody pressed or sent last to the process that took it, and to another one; gives how they answered. */
async function again(): Promise<number[]> {
  const last = requests.findLast(({ body }) => body.startsWith('payload='));
  if (last === undefined) throw new Error('Slack has sent nothing.');
  const other = `http://127.0.0.1:${replica.port}/slack/events`;
  return [(await send(stage.bench.url, last)).status, (await send(other, last)).status];
}

/** What people decided and were told; what runs by itself goes on meanwhile. */
async function decided(user: string): Promise<unknown> {
  const { decisions, timeline } = await stage.state();
  return { decisions, timeline, told: stage.told(user) };
}

describe('the same request a second time is not done, here or at another replica:', () => {
  const pressed = Object.entries(buttons).filter(([actionId]) => Object.hasOwn(doing, actionId));

  it.each(pressed)('button %s', async (actionId, { about, refused }) => {
    const [who] = everybody.filter((one) => !refused.includes(one));
    const user = people[who ?? 'none'];
    const ts = await stage.button(actionId, about(stage.targets));
    const before = stage.told(user).length;
    await stage.bench.slack.act.click({ user, channel: stage.channel, ts, actionId });
    await until(async () => stage.told(user).length > before, 'an answer', 60, 20);
    const done = await decided(user);
    expect(await again()).toEqual([409, 200]);
    expect(await decided(user)).toEqual(done);
  });

  it.each(Object.entries(sent))('form %s', async (callback, { meta, blocks, values, refused }) => {
    const [who] = everybody.filter((one) => !refused.includes(one));
    const user = people[who ?? 'none'];
    const view = await stage.form(
      user,
      callback,
      await meta(stage.targets, stage.bench.muster.broadcast),
      blocks ?? [],
    );
    await stage.bench.slack.act.submitView({ user, viewId: view.id, values });
    const done = await decided(user);
    const [here] = await again();
    expect(here).toBe(409);
    expect(await decided(user)).toEqual(done);
    const open = stage.bench.slack.modalOf(user);
    if (open) await stage.bench.slack.act.closeView({ user, viewId: open.id });
  });
});
