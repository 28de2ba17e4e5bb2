import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { systemClock } from '../../src/clock/system-clock.ts';
import { wordsOf } from '../../src/compose/words.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { audienceOf } from '../../src/http/audience.ts';
import { type ControlServer, startControlServer } from '../../src/http/control-server.ts';
import { signIdentity, verifyIdentity } from '../../src/http/identity.ts';
import { people, type SimulatedMuster, startSimulatedMuster } from '../support/simulated-muster.ts';
import { mutated, oddText, runs } from './material.ts';
import { sentenceFault } from './sentence.ts';
import { dawdle, exchange, gone, requestTo, statusOf } from './wire.ts';

let dir: string;
let muster: SimulatedMuster;
let server: ControlServer;
const failures: unknown[] = [];
const slow: Socket[] = [];
const path = (): string => join(dir, 'control.sock');

/** STS is not there: a proof that could be anybody's is refused for that, and one that could not for what it is. */
const stsUrl = 'http://127.0.0.1:1/';

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muster-'));
  muster = await startSimulatedMuster({ scale: 60 });
  const audience = (word: string, args: JsonObject) => audienceOf(muster.home.system.name, word, args);
  server = await startControlServer({
    socket: path(),
    handle: wordsOf(muster, muster.clock),
    identify: async (proof, word, args) =>
      proof === 'ana'
        ? people.ana
        : verifyIdentity({
            ...{ proof, stsUrls: [stsUrl], audience: audience(word, args), home: muster.home, clock: systemClock },
            usedNonce: async () => false,
          }),
    onError: (error) => failures.push(error),
  });
});
afterAll(async () => {
  for (const socket of slow) socket.destroy();
  await muster.close();
  await rm(dir, { recursive: true });
});

/** Says it, and gives what was answered: a result, or a refusal. */
async function say(body: string): Promise<{ status: number | null; refusal: string }> {
  const head = `POST /v1/word HTTP/1.1\r\nHost: a\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const came = Buffer.from(await exchange({ path: path() }, head + body, false), 'latin1').toString('utf8');
  const text = came.slice(came.indexOf('\r\n\r\n') + 4).replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/gi, '');
  const { refusal } = JSON.parse(text.replace(/\r\n[0-9a-f]+\r\n/gi, '')) as JsonObject;
  return { status: statusOf(came), refusal: typeof refusal === 'string' ? refusal : '' };
}

/** Refused in a sentence, or done; what failed on our side is told to nobody and fails here. */
async function isAnswered(body: string): Promise<void> {
  const { status, refusal } = await say(body);
  expect(failures.splice(0).map(String)).toEqual([]);
  expect([200, 400, 409]).toContain(status);
  if (status === 200) return;
  expect({ refusal, fault: sentenceFault(refusal, body) }).toEqual({ refusal, fault: null });
}

const asks: [string, JsonObject][] = [
  ['list', {}],
  ['status', { incident: 1 }],
  ['declare', { title: 'Checkout fails', severity: 'P1', services: ['api'], key: 'abcdefgh' }],
  ['plan', { command: 'failover', inputs: { tasks: '4' }, incident: 1 }],
  ['request', { plan: 'plan_1', phrase: 'FAILOVER', accept: {} }],
  ['approve', { code: 'A1B2C3' }],
  ['steer', { run: 'run_1', order: 'pause' }],
  ['assign', { incident: 1, role: 'commanders', person: 'ben' }],
  ['update', { incident: 1, body: 'We are looking into it' }],
  ['report', { incident: 1 }],
  ['audit-verify', {}],
  ['audit-export', { incident: 1 }],
];
const bodies = asks.map(([word, args]) => JSON.stringify({ word, args, identity: 'ana' }));

describe('whoever comes to the socket', () => {
  it('is answered in a sentence, whatever is said to it', async () => {
    const odd: fc.Arbitrary<unknown> = fc.oneof(
      oddText.filter((text) => text.length < 5_000),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const misplaced = fc
      .tuple(
        fc.constantFrom(...asks),
        fc.dictionary(fc.constantFrom('incident', 'title', 'plan', 'inputs', 'x', '__proto__'), odd),
      )
      .map(([[word, args], more]) => JSON.stringify({ word, args: { ...args, ...more }, identity: 'ana' }));
    const anything = fc.oneof(
      mutated(bodies),
      misplaced,
      fc.record({ word: odd, args: odd, identity: fc.constant('ana') }).map((ask) => JSON.stringify(ask)),
    );
    await fc.assert(fc.asyncProperty(anything, isAnswered), runs(700));
  });

  it.each([
    [
      'goes deeper than anybody can read',
      `{"word":"list","args":{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}},"identity":"ana"}`,
    ],
    ['has one giant line', `{"word":"list","args":{"a":"${'x'.repeat(2_000_000)}"},"identity":"ana"}`],
    ['is nothing', ''],
    ['is no JSON', 'list'],
    ['lacks what the word asks for', '{"word":"declare","args":{},"identity":"ana"}'],
    ['has a field of another kind', '{"word":"status","args":{"incident":{"id":1}},"identity":"ana"}'],
    ['names a word that is none', '{"word":"constructor","args":{},"identity":"ana"}'],
  ])('is refused in a sentence what %s', async (_what, body) => {
    await isAnswered(body);
    expect((await say(body)).status).not.toBe(200);
  });

  it('is answered as HTTP has it, whatever comes over the wire', async () => {
    await fc.assert(
      fc.asyncProperty(requestTo(['/v1/word', '/v1/words', '/']), async (request) => {
        const answer = await exchange({ path: path() }, request);
        const status = statusOf(answer);
        if (status === null) expect(answer).toBe('');
        else expect(status).toBeLessThan(500);
        expect(failures.splice(0).map(String)).toEqual([]);
      }),
      runs(400),
    );
  });

  it('is nobody with a proof that is not quite one', async () => {
    const ask = { credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's' }, region: 'us-east-1', stsUrl };
    const audience = audienceOf(muster.home.system.name, 'list', {});
    const proof = await signIdentity({ ...ask, audience, nonce: 'nonce_0123456789abcdef', clock: systemClock });
    const nearly = fc.oneof(
      mutated([JSON.stringify(proof)]),
      fc
        .constantFrom(...Object.keys(proof.headers))
        .chain((name) =>
          oddText.map((value) => JSON.stringify({ ...proof, headers: { ...proof.headers, [name]: value } })),
        ),
    );
    await fc.assert(
      fc.asyncProperty(nearly, async (identity) => {
        const { status, refusal } = await say(`{"word":"list","args":{},"identity":${identity}}`);
        expect([400, 409]).toContain(status);
        expect(sentenceFault(refusal, identity)).toBeNull();
        expect(failures.splice(0).map(String)).toEqual([]);
      }),
      runs(300),
    );
  });

  it('is served among thousands of others', async () => {
    for (let round = 0; round < 8; round += 1) {
      const crowd = Array.from({ length: 250 }, () => say('{"word":"list","args":{},"identity":"nobody"}'));
      expect(new Set((await Promise.all(crowd)).map(({ status }) => status))).toEqual(new Set([409]));
    }
    const went = await Promise.all(
      Array.from({ length: 300 }, () =>
        dawdle({ path: path() }, 'POST /v1/word HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{'),
      ),
    );
    for (const socket of went) socket.destroy();
    await isAnswered('{"word":"list","args":{},"identity":"ana"}');
  });

  it('holds up no stop by saying half of something', async () => {
    for (const half of ['', 'POST /v1/word HT', 'POST /v1/word HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"w'])
      slow.push(await dawdle({ path: path() }, half));
    await server.stop();
    for (const socket of slow) expect(await gone(socket)).toBe(true);
  });
});
