import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock/system-clock.ts';
import { identifier, wordsOf } from '../../src/compose/words.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { audienceOf } from '../../src/http/audience.ts';
import { openControlClient } from '../../src/http/control-client.ts';
import { type ControlServer, startControlServer } from '../../src/http/control-server.ts';
import { signIdentity } from '../../src/http/identity.ts';
import type { IdentityProof } from '../../src/http/identity-proof.ts';
import { createStsEndpoint } from '../../src/sim/sts-endpoint.ts';
import { type PressingStage, startPressingStage, type Targets } from '../slack/pressing-stage.ts';

/** Each by their own keys: one person for each role, and one whom muster.yml knows and gives none. */
const people = { none: 'nina', publisher: 'cat', responder: 'dov', approver: 'ben', commander: 'ana' };
type Who = keyof typeof people;
const everybody = Object.keys(people) as Who[];
const but = (...may: Who[]): Who[] => everybody.filter((who) => !may.includes(who));

interface Row {
  args: (at: Targets) => JsonObject;
  refused: Who[];
}
const nothing = (): JsonObject => ({});
const here = ({ incidentId }: Targets): JsonObject => ({ incident: incidentId });
const looking = (args: Row['args'] = nothing): Row => ({ args, refused: ['none'] });
const leading = (args: Row['args'] = here): Row => ({ args, refused: but('commander') });
const responding = (args: Row['args'] = here): Row => ({ args, refused: but('responder', 'commander') });
const ofRun =
  (more: JsonObject = {}) =>
  ({ runId }: Targets): JsonObject => ({ run: runId, ...more });
const telling = { audiences: ['stakeholders'], inside: 'We look into it.' };
const rehearsing: Row = {
  args: () => ({ command: 'none', inputs: {}, dark: false, troubles: [] }),
  refused: ['none', 'publisher'],
};

/** What is asked of each word, and who is refused it for want of a role. */
const table: Record<string, Row> = {
  commands: looking(),
  list: looking(),
  status: looking(here),
  draft: looking(here),
  timeline: looking(here),
  contacts: looking(here),
  report: looking(here),
  schedules: looking(),
  note: looking((at) => ({ ...here(at), text: 'It came back.' })),
  'show-run': looking(ofRun()),
  'show-consent': looking(() => ({ consent: 'consent_0' })),
  'audit-export': looking(here),
  'audit-verify': looking(),
  rehearse: rehearsing,
  'show-rehearsal': { ...rehearsing, args: () => ({ rehearsal: 'rehearsal_0' }) },
  'stop-rehearsal': { ...rehearsing, args: nothing },
  ack: responding(),
  update: responding((at) => ({ ...here(at), ...telling, key: 'key_update' })),
  'preview-update': responding((at) => ({ ...here(at), ...telling })),
  declare: responding(() => ({ title: 'Mine', severity: 'P3', services: ['api'], key: 'key_declare' })),
  answer: responding(ofRun({ step: 'people', done: true, note: '' })),
  'answer-items': responding(ofRun({ step: 'numbers', items: { recovery: 'done' }, note: '' })),
  publish: { args: here, refused: but('publisher') },
  posted: { args: here, refused: but('publisher') },
  reviewed: { args: ({ reviewId }) => ({ review: reviewId }), refused: but('approver', 'commander') },
  approve: { args: (at) => ({ ...here(at), code: at.approved }), refused: but('approver') },
  'break-glass': leading((at) => ({ ...here(at), code: at.broken, reason: 'it cannot wait' })),
  plan: leading((at) => ({ ...here(at), command: 'service-failure', inputs: { remedy: 'more-tasks' } })),
  post: leading(({ planId }) => ({ plan: planId })),
  request: leading(({ planId }) => ({ plan: planId, phrase: 'REPAIR', accept: {} })),
  snooze: leading(),
  severity: leading((at) => ({ ...here(at), severity: 'P2' })),
  assign: leading((at) => ({ ...here(at), role: 'responders', person: 'cat' })),
  pause: responding(ofRun()),
  resume: leading(ofRun()),
  retry: leading(ofRun({ step: 'numbers' })),
  skip: leading(ofRun({ step: 'changes', reason: 'it is wrong' })),
  abort: leading(ofRun()),
  'plan-undo': leading(ofRun()),
  resolve: leading(),
  close: leading(),
};

let stage: PressingStage;
let folder: string;
let sts: Server;
let stsUrl: string;
let control: ControlServer;
beforeAll(async () => {
  stage = await startPressingStage();
  folder = await mkdtemp(join(tmpdir(), 'muster-'));
  sts = createServer(createStsEndpoint({ clock: systemClock })).listen(0, '127.0.0.1');
  await once(sts, 'listening');
  const address = sts.address();
  stsUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const { muster } = stage.bench;
  control = await startControlServer({
    socket: join(folder, 'control.sock'),
    handle: wordsOf(muster, muster.clock),
    identify: identifier(muster, { stsUrls: [stsUrl] }),
    onError: (error) => {
      throw error;
    },
  });
});
afterAll(async () => {
  await control.stop();
  sts.closeAllConnections();
  sts.close();
  await stage.bench.close();
  await rm(folder, { recursive: true });
});

let proofs = 0;
function sign(name: string, word: string, args: JsonObject, secret = `simulated-${name}`): Promise<IdentityProof> {
  return signIdentity({
    credentials: { accessKeyId: `AKIASIM${name.toUpperCase()}`, secretAccessKey: secret },
    region: 'us-east-1',
    stsUrl,
    audience: audienceOf('contractorlens', word, args),
    nonce: `nonce_0123456789_${++proofs}`,
    clock: systemClock,
  });
}

type Prove = (word: string, args: JsonObject) => Promise<IdentityProof>;

/** What the terminal is answered: JSON, or the sentence by which it was refused. */
async function answerTo(prove: Prove, word: string, args: JsonObject): Promise<string> {
  const client = await openControlClient({ socket: join(folder, 'control.sock'), prove });
  if (client === null) throw new Error('Nobody listens.');
  return client.call(word, args).then(JSON.stringify, (error: Error) => error.message);
}

const say = (name: string, word: string, args: JsonObject): Promise<string> =>
  answerTo((...asked) => sign(name, ...asked), word, args);

async function refusedOf(those: Who[], word: string, args: JsonObject): Promise<Who[]> {
  const found: Who[] = [];
  for (const who of those) if (/\bOnly .{1,200}\bmay\b/.test(await say(people[who], word, args))) found.push(who);
  return found;
}

it('names every word that the terminal knows', async () => {
  const known = /known: ([a-z, -]+)/.exec(await say('ana', 'q'.repeat(40), {}))?.[1]?.split(', ') ?? [];
  expect(Object.keys(table).toSorted()).toEqual(known.toSorted());
});

describe('whoever may not is told who may, and nothing changes', () => {
  let before: unknown;
  beforeAll(async () => {
    before = await stage.state();
  });

  it.each(Object.entries(table))('by %s', async (word, { args, refused }) => {
    expect(await refusedOf(refused, word, args(stage.targets))).toEqual(refused);
  });

  it.each<[string, string, (args: JsonObject) => Prove]>([
    [
      'with somebody else’s name',
      'SignatureDoesNotMatch',
      () =>
        (...asked) =>
          sign('ana', ...asked, 'simulated-nina'),
    ],
    [
      'with nobody’s keys',
      'belongs to nobody',
      () =>
        (...asked) =>
          sign('mallory', ...asked),
    ],
    ['with a proof for another word', 'another request', (args) => () => sign('ana', 'status', args)],
    ['with a proof for another run', 'another request', () => (word) => sign('ana', word, { run: 'run_0' })],
  ])('%s: %s', async (_how, sentence, proveWith) => {
    const args = ofRun()(stage.targets);
    for (const word of ['abort', 'pause']) expect(await answerTo(proveWith(args), word, args)).toContain(sentence);
  });

  it('with a proof that was good once', async () => {
    const args = here(stage.targets);
    const proof = await sign('ana', 'status', args);
    expect(await answerTo(async () => proof, 'status', args)).toContain('Checkout fails');
    expect(await answerTo(async () => proof, 'status', args)).toContain('used before');
  });

  it('by none of all these', async () => {
    expect(await stage.state()).toEqual(before);
  });
});

/** After those who may not: here something happens, and then there is less to be done for the next. */
describe('whoever may is not refused for want of a role', () => {
  it.each(Object.entries(table))('by %s', async (word, { args, refused }) => {
    expect(await refusedOf(but(...refused), word, args(stage.targets))).toEqual([]);
  });
});
