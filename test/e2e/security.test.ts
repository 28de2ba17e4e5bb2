import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FarEnds } from '../../sandbox/far-ends.ts';
import { outsider } from '../../sandbox/slack/seed.ts';
import { signRequest } from '../../sandbox/slack/sign.ts';
import { type Hands, handsIn } from './hands.ts';
import { ownFolder, type Real, startReal } from './real.ts';
import { slackEnv, startStandIns } from './stand-ins.ts';

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

let farEnds: FarEnds;
let folder: Awaited<ReturnType<typeof ownFolder>>;
let program: Real;
let hands: Hands;

beforeAll(async () => {
  farEnds = await startStandIns();
  folder = await ownFolder();
  program = await startReal(slackEnv(farEnds), folder.path);
  farEnds.slack.deliverTo(`http://127.0.0.1:${program.port}/slack/events`);
  hands = handsIn(farEnds.slack, () => program.out.join('\n'));
});
afterAll(async () => {
  expect(await program.stop()).toBe(0);
  await farEnds.stop();
  await folder.remove();
});

async function send(body: string | Buffer, type: string, headers: Record<string, string>): Promise<number> {
  const url = `http://127.0.0.1:${program.port}/slack/events`;
  const signal = AbortSignal.timeout(5_000);
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body: bytes,
    signal,
  });
  await response.text();
  return response.status;
}

function signed(body: string, timestamp = nowSeconds(), secret = farEnds.slack.tokens.signingSecret) {
  return signRequest({ secret, body, timestamp });
}

/** All that the program has ever asked Slack to show to anybody. */
function shown(): string {
  const { channels, views } = farEnds.slack.workspace;
  return JSON.stringify([[...channels.values()].map(({ messages }) => messages), [...views.values()]]);
}

function command(text: string, user = 'U0ANA'): string {
  const general = [...farEnds.slack.workspace.channels.values()].find(({ name }) => name === 'general')?.id ?? '';
  const fields = {
    command: '/dr',
    text,
    user_id: user,
    channel_id: general,
    team_id: 'T0SANDBOX',
    trigger_id: '1.2.3',
  };
  return new URLSearchParams(fields).toString();
}

describe('who knocks without being Slack', () => {
  const body = (): string => command('declare Forged');
  it.each<[string, () => Record<string, string>]>([
    ['with no signature', () => ({})],
    ['with another secret', () => signed(body(), nowSeconds(), 'another secret')],
    ['with the signature of other words', () => signed(`${body()}x`)],
    ['with an empty signature', () => ({ ...signed(body()), 'x-slack-signature': '' })],
    ['with half a signature', () => ({ ...signed(body()), 'x-slack-signature': 'v0=abc' })],
    ['with a time that is none', () => ({ ...signed(body()), 'x-slack-request-timestamp': 'now' })],
    ['six minutes late', () => signed(body(), nowSeconds() - 360)],
    ['six minutes early', () => signed(body(), nowSeconds() + 360)],
  ])('%s is refused, and nothing happens', async (_how, headers) => {
    const before = shown();
    expect(await send(body(), form, headers())).toBe(401);
    expect(shown()).toBe(before);
  });

  it('with Slack’s own words a second time is refused', async () => {
    const list = command('list');
    const headers = signed(list);
    expect(await send(list, form, headers)).toBe(200);
    expect(await send(list, form, headers)).toBe(409);
  });

  it('finds no other door', async () => {
    for (const path of ['/', '/slack/install', '/slack/oauth_redirect', '/metrics/../slack', '/.env']) {
      expect((await program.get(path)).status).toBe(404);
    }
    const read = await program.get('/slack/events');
    expect(read.status).toBe(404);
  });
});

/** What no Slack sends, each with a good signature. */
const malformed: [string, string, string][] = [
  ['nothing', form, ''],
  ['nothing, as JSON', json, ''],
  ['half a JSON', json, '{"type":"event_callback"'],
  ['a list', json, '[]'],
  ['null', json, 'null'],
  ['a number', json, '7'],
  ['an event of nothing', json, '{"type":"event_callback"}'],
  ['an event of another kind', json, '{"type":"event_callback","event":{"type":"message","channel":7,"user":{}}}'],
  ['a reaction to words', json, reactionTo('words')],
  ['a reaction in a channel of nothing', json, reactionTo({ channel: [null] })],
  ['a prototype', json, '{"__proto__":{"type":"x"},"constructor":{"prototype":{"admin":true}}}'],
  ['a payload that is no JSON', form, 'payload=%7B'],
  ['a payload that is null', form, 'payload=null'],
  ['a payload that is a list', form, 'payload=%5B%5D'],
  ['two payloads', form, 'payload=%7B%7D&payload=%7B%7D'],
  ['a command without a command', form, 'text=declare&user_id=U0ANA'],
  ['a command without a user', form, 'command=%2Fdr&text=declare'],
  ['a command without a channel', form, 'command=%2Fdr&text=status&user_id=U0ANA&trigger_id=1.2.3'],
  ['a command with bytes that are no text', form, 'command=%2Fdr&text=%ff%fe%00&user_id=U0ANA&channel_id=C1'],
  ['a command of another name', form, 'command=%2Frm&text=x&user_id=U0ANA&channel_id=C1'],
  ['another type', 'text/plain', 'declare'],
  ...interactions(),
];

function reactionTo(item: unknown): string {
  const event = { type: 'reaction_added', user: 'U0ANA', reaction: 'pushpin', item };
  return JSON.stringify({ type: 'event_callback', event });
}

function interactions(): [string, string, string][] {
  const user = { id: 'U0ANA' };
  const click = { type: 'block_actions', user, trigger_id: '1.2.3' };
  const submission = { type: 'view_submission', user };
  const view = { id: 'V1', type: 'modal', state: { values: {} }, blocks: [] };
  const action = { type: 'button', action_id: 'consent.approve', block_id: 'b' };
  const payloads: [string, unknown][] = [
    ['a click on nothing', click],
    ['a click on an empty list', { ...click, actions: [] }],
    ['a click on null', { ...click, actions: [null] }],
    ['a click whose value is no JSON', { ...click, actions: [{ ...action, value: '{' }], channel: { id: 'C1' } }],
    ['a click whose value is a prototype', { ...click, actions: [{ ...action, value: '{"__proto__":{}}' }] }],
    ['a click on what is not ours', { ...click, actions: [{ ...action, action_id: 'rm.rf' }] }],
    ['a click by nobody', { ...click, user: null, actions: [action] }],
    ['a form without a view', submission],
    ['a form of another kind', { ...submission, view: { ...view, callback_id: 'other', private_metadata: '' } }],
    [
      'a form whose metadata is no JSON',
      { ...submission, view: { ...view, callback_id: 'declare', private_metadata: '{' } },
    ],
    ['a form without values', { ...submission, view: { id: 'V1', callback_id: 'declare', private_metadata: '{}' } }],
    [
      'a form with a list for values',
      { ...submission, view: { ...view, callback_id: 'command', state: { values: [] } } },
    ],
    [
      'a form with a truth for words',
      {
        ...submission,
        view: {
          ...view,
          callback_id: 'declare',
          private_metadata: '{}',
          state: { values: { title: { title: { value: true } } } },
        },
      },
    ],
    ['a shortcut', { type: 'shortcut', user, callback_id: 'x', trigger_id: '1.2.3' }],
    ['a kind that is not known', { type: 'surprise', user }],
  ];
  return payloads.map(([what, payload]) => [
    what,
    form,
    new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
  ]);
}

describe('what is signed and makes no sense', () => {
  let before: string[];
  beforeEach(() => {
    before = incidents();
  });

  it.each(malformed)('%s: is answered, and nothing happens', async (_what, type, body) => {
    expect(await send(body, type, signed(body))).toBeLessThan(500);
    expect((await program.get('/healthz')).status).toBe(200);
    expect(incidents()).toEqual(before);
  });

  it('a megabyte of it, and a command as long as Slack takes', async () => {
    const long = command(`declare ${'a'.repeat(1_000_000)}`);
    expect(await send(long, form, signed(long))).toBeLessThan(500);
    expect((await program.get('/readyz')).status).toBe(200);
    expect(incidents()).toEqual(before);
  });

  /** Not the direct messages: the answer to an earlier, well-formed command may open one at any time. */
  function incidents(): string[] {
    return [...farEnds.slack.workspace.channels.values()]
      .filter(({ kind }) => kind !== 'direct')
      .map(({ name }) => name);
  }
});

describe('somebody of the workspace without a role', () => {
  it('is told in a sentence who may, and nothing happens', async () => {
    const channel = await hands.declare('U0ANA', 'Checkout fails again');
    const words = ['list', 'status', 'plan failover', 'failover', 'pause', 'undo', 'resolve', 'retry healthy'];
    for (const word of words) {
      const before = farEnds.slack.seen(outsider, 'general').length;
      await hands.dr(outsider, word);
      const refused = await farEnds.slack.workspace.changes.until(
        () => farEnds.slack.seen(outsider, 'general').slice(before).at(-1)?.text ?? modalText(outsider),
        `a refusal of ${word}`,
      );
      expect({ word, refused }).toEqual({ word, refused: expect.stringMatching(/\bOnly\b|\bmay\b/) });
      await closeModal(outsider);
    }
    await hands.dr(outsider, 'declare');
    const declared = await hands.submit(outsider, { title: 'Mine', severity: 'P1', services: ['api'] });
    expect(JSON.stringify(declared)).toMatch(/Only a/);
    const seen = farEnds.slack.seen('U0ANA', channel).map(({ text }) => text);
    expect(seen.join('\n')).not.toMatch(/Approval|Paused|resolved/i);
  });

  async function closeModal(user: string): Promise<void> {
    const view = farEnds.slack.modalOf(user);
    if (view) await farEnds.slack.act.closeView({ user, viewId: view.id });
  }

  function modalText(user: string): string | undefined {
    const view = farEnds.slack.modalOf(user);
    const text = view && JSON.stringify(view.body);
    return text === undefined || text.includes('⏳') ? undefined : text;
  }
});

describe('what people type', () => {
  it('pings nobody and is no markup, wherever it is shown', async () => {
    const title = '<!channel> <@U0BEN> *bold* {{home}} {{constructor}} & <https://example.com|here>';
    await hands.declare('U0ANA', title);
    await hands.seen('U0DOV', 'incidents', /bold/);
    expect(farEnds.slack.workspace.pings.filter(({ kind }) => kind !== 'person')).toEqual([]);
    expect(shown()).toContain('{{constructor}}');
    expect(shown()).not.toContain('<https://example.com|here>');
  });
});
