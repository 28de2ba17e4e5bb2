import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signRequest } from '../../sandbox/slack/sign.ts';
import { act, form } from '../../src/slack/values.ts';
import { type Bench, startBench } from '../slack/bench.ts';
import { mutated, oddText, runs } from './material.ts';
import { sentenceFault } from './sentence.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({}, 60);
});
afterAll(() => bench.close());

let sent = 0;
const channelOf = (name: string): string =>
  [...bench.slack.workspace.channels.values()].find((each) => each.name === name)?.id ?? '';

/** Sends what carries Slack's own signature; gives the status. */
async function send(body: string, type = 'application/x-www-form-urlencoded'): Promise<number> {
  sent += 1;
  const { signingSecret: secret } = bench.slack.tokens;
  const headers = signRequest({ secret, body, timestamp: Math.floor(Date.now() / 1000) });
  const signal = AbortSignal.timeout(20_000);
  const response = await fetch(bench.url, {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body,
    signal,
  });
  await response.text();
  return response.status;
}

/** What a sentence may begin with although it is written small: what somebody typed, and the names of things. */
const code = /^(`|[\w-]+[.:=_/]|\w*-\w|failover|tasks|mode)/;

/** Everything that Muster has said since it was last looked at, wherever: a sentence, from its beginning to its end. */
function expectSentences(): void {
  const said = [...bench.slack.workspace.channels.values()].flatMap(({ messages }) => messages);
  const faults = said.flatMap(({ text }) => {
    const fault = sentenceFault(text) ?? (/^\p{Ll}/u.test(text) && !code.test(text) ? 'begins small' : null);
    return fault === null ? [] : [`${fault}: ${text.slice(0, 300)}`];
  });
  expect(faults).toEqual([]);
  expect(said.length).toBeGreaterThan(10);
}

const words = [
  'declare Checkout fails',
  'list',
  'status INC-1',
  'plan failover tasks=4',
  'failover tasks=4 mode=ungraceful',
  'approve A1B2C3',
  'break-glass A1B2C3 the Region is dark',
  'skip serving because the check is wrong',
  'retry healthy',
  'answer look done',
  'assign commander <@U0ANA|ana>',
  'update We are looking into it',
  'timeline it came back',
  'severity P1',
  'snooze',
  'resolve',
  'help',
];

const json: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom<unknown>(null, true, -1, 1e308, [], {}, [[]], ['a'], { id: 7 }),
  fc.jsonValue({ maxDepth: 2 }),
);

const value = fc.oneof(
  mutated(['{"incidentId":1,"runId":"run_1","step":"serving","code":"A1B2C3","round":1}']),
  fc
    .record({ incidentId: json, runId: json, step: json, code: json, round: json }, { requiredKeys: [] })
    .map((about) => JSON.stringify(about)),
);

const person = fc.constantFrom('U0ANA', 'U0BEN', 'U0OUTSIDER', 'U0NOBODY', '');

describe('what is signed', () => {
  it('as a word is answered, never with an error of ours', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(words), person, async (text, user_id) => {
        const fields = { command: '/dr', text, user_id, channel_id: channelOf('general'), trigger_id: '1.2.3' };
        expect(await send(new URLSearchParams(fields).toString())).toBeLessThan(500);
      }),
      runs(1_000),
    );
    expectSentences();
  });

  it('as a button is answered, whatever its value', async () => {
    const action_id = fc.oneof(fc.constantFrom<string>(...Object.values(act)), oddText);
    await fc.assert(
      fc.asyncProperty(action_id, value, person, json, async (id, about, user, extra) => {
        const payload = {
          type: 'block_actions',
          user: { id: user },
          channel: { id: channelOf('incidents') },
          trigger_id: '1.2.3',
          actions: [{ type: 'button', action_id: id, block_id: 'b', value: about, selected_option: extra }],
        };
        expect(await send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString())).toBeLessThan(500);
      }),
      runs(1_000),
    );
    expectSentences();
  });

  it('as a form is answered, whatever its fields and what it carries', async () => {
    const origin = { channel: null, respondTo: null };
    const meta = fc.oneof(
      mutated([
        JSON.stringify(origin),
        JSON.stringify({ ...origin, about: { incidentId: 1, code: 'A1B2C3', runId: 'run_1', step: 'serving' } }),
        JSON.stringify({
          ...origin,
          command: 'failover',
          inputs: {},
          mode: null,
          question: true,
          incidentId: null,
          planId: 'plan_1',
          undoes: null,
        }),
        JSON.stringify({ ...origin, incidentId: 1, previewed: null }),
      ]),
      json.map((one) => JSON.stringify(one)),
    );
    const field = fc.record(
      { value: json, selected_option: json, selected_options: json, selected_date_time: json },
      { requiredKeys: [] },
    );
    const names = fc.constantFrom(
      'title',
      'severity',
      'services',
      'impactBeganAt',
      'phrase',
      'reason',
      'inside',
      '__proto__',
    );
    const values = fc.dictionary(names, field, { maxKeys: 5 });
    const callback = fc.oneof(fc.constantFrom<string>(...Object.values(form)), oddText);
    await fc.assert(
      fc.asyncProperty(callback, meta, values, person, async (callback_id, private_metadata, given, user) => {
        const state = {
          values: Object.fromEntries(Object.entries(given).map(([name, one]) => [name, { [name]: one }])),
        };
        const blocks = [{ type: 'input', block_id: 'title' }];
        const view = { id: 'V1', type: 'modal', callback_id, private_metadata, state, blocks };
        const payload = { type: 'view_submission', user: { id: user }, view };
        expect(await send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString())).toBeLessThan(500);
      }),
      runs(1_000),
    );
    expectSentences();
  });

  it('as an event, or as nothing that Slack sends, is answered', async () => {
    const event = fc.record({
      type: fc.constantFrom('reaction_added', 'reaction_removed', 'message', 'app_mention'),
      user: fc.oneof(person, json),
      reaction: fc.constantFrom('pushpin', 'eyes'),
      item: fc.oneof(json, fc.record({ type: fc.constant('message'), channel: oddText, ts: oddText })),
      subtype: fc.constantFrom('message_changed', 'message_deleted', ''),
      channel: fc.oneof(oddText, json),
      message: json,
      deleted_ts: json,
    });
    const bodies = fc.oneof(
      event.map((one) => JSON.stringify({ type: 'event_callback', event: one })),
      json.map((one) => JSON.stringify(one)),
      mutated(['{"type":"event_callback","event":{"type":"reaction_added","user":"U0ANA","reaction":"pushpin"}}']),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        expect(await send(body, 'application/json')).toBeLessThan(500);
      }),
      runs(1_000),
    );
  });

  it('has opened nothing that nobody asked for, and still serves', async () => {
    expect(sent).toBeGreaterThan(3_500);
    const open = await bench.muster.incidents.open();
    expect(open.length).toBeLessThan(5);
    await bench.say('U0ANA', 'help');
    await bench.message('U0ANA', '#general', /declare/);
  });
});
