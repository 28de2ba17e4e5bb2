import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { signRequest } from '../../../sandbox/slack/sign.ts';
import type { SimulatedSlack, SlackOptions } from '../../../sandbox/slack/start.ts';
import { readBody } from '../../../sandbox/wire/serve.ts';
import { scopes } from '../home.ts';
import { call, channelId, slackWith, stopAfterwards } from './workbench.ts';

interface Heard {
  signed: boolean;
  body: Record<string, unknown> & { event?: Record<string, unknown> };
}

const events = ['message.channels', 'reaction_added', 'reaction_removed'];
const granted = { scopes: [...scopes, 'reactions:read'], events };

/** An app that only listens: what it is sent, and whether the signature is right. */
async function appOf(options: Partial<SlackOptions> = granted): Promise<{ slack: SimulatedSlack; heard: Heard[] }> {
  const slack = await slackWith(options);
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body = '') => {
      const timestamp = Number(request.headers['x-slack-request-timestamp']);
      const right = signRequest({ secret: slack.tokens.signingSecret, body, timestamp });
      const form = new URLSearchParams(body).get('payload');
      const signed = request.headers['x-slack-signature'] === right['x-slack-signature'];
      heard.push({ signed, body: JSON.parse(form ?? body) });
      response.end();
      slack.workspace.changes.tell();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stopAfterwards({ stop: () => new Promise((resolve) => server.close(() => resolve())) });
  slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return { slack, heard };
}

async function eventsOf(slack: SimulatedSlack, heard: Heard[], count: number): Promise<Record<string, unknown>[]> {
  await slack.workspace.changes.until(() => heard.length >= count, `${count} events`);
  expect(heard.every(({ signed }) => signed)).toBe(true);
  return heard.map(({ body }) => body.event ?? {});
}

describe('what people do to messages', () => {
  it('is told by signed events: a reaction, its end, an edit, a deletion', async () => {
    const { slack, heard } = await appOf();
    const channel = channelId(slack, 'incidents');
    const { act } = slack;
    const { ts } = act.sendMessage({ user: 'U0ANA', channel, text: 'it began' });
    await eventsOf(slack, heard, 1);
    act.react({ user: 'U0BEN', channel, ts, name: 'pushpin' });
    await eventsOf(slack, heard, 2);
    act.undoReaction({ user: 'U0BEN', channel, ts, name: 'pushpin' });
    await eventsOf(slack, heard, 3);
    act.editMessage({ user: 'U0ANA', channel, ts, text: 'it began <late>' });
    await eventsOf(slack, heard, 4);
    act.deleteMessage({ user: 'U0ANA', channel, ts });
    const item = { type: 'message', channel, ts };
    expect(await eventsOf(slack, heard, 5)).toMatchObject([
      { type: 'message', text: 'it began', channel },
      { type: 'reaction_added', user: 'U0BEN', reaction: 'pushpin', item, item_user: 'U0ANA' },
      { type: 'reaction_removed', user: 'U0BEN', reaction: 'pushpin', item },
      {
        subtype: 'message_changed',
        message: { ts, text: 'it began &lt;late&gt;', edited: { user: 'U0ANA' } },
        previous_message: { ts, text: 'it began' },
      },
      { subtype: 'message_deleted', deleted_ts: ts, previous_message: { text: 'it began &lt;late&gt;' } },
    ]);
  });

  it('leaves a stone where a message had replies', async () => {
    const { slack, heard } = await appOf();
    const channel = channelId(slack, 'incidents');
    const { ts } = slack.act.sendMessage({ user: 'U0ANA', channel, text: 'root' });
    slack.act.sendMessage({ user: 'U0BEN', channel, text: 'reply', threadTs: ts });
    await eventsOf(slack, heard, 2);
    slack.act.deleteMessage({ user: 'U0ANA', channel, ts });
    const told = await eventsOf(slack, heard, 3);
    expect(told[2]).toMatchObject({ subtype: 'message_changed', message: { ts, subtype: 'tombstone' } });
  });

  it('cannot be done to somebody else’s message, nor twice', async () => {
    const { slack } = await appOf();
    const channel = channelId(slack, 'incidents');
    const { ts } = slack.act.sendMessage({ user: 'U0ANA', channel, text: 'mine' });
    const on = { user: 'U0BEN', channel, ts };
    expect(() => slack.act.editMessage({ ...on, text: 'yours' })).toThrow('somebody else');
    expect(() => slack.act.deleteMessage(on)).toThrow('somebody else');
    expect(() => slack.act.undoReaction({ ...on, name: 'eyes' })).toThrow('no :eyes:');
    slack.act.react({ ...on, name: 'eyes' });
    expect(() => slack.act.react({ ...on, name: 'eyes' })).toThrow('before');
  });

  it('is told only where the app is, and with the scope that its event needs', async () => {
    const { slack, heard } = await appOf({ scopes, events });
    const at = (name: string) => channelId(slack, name);
    const { ts } = slack.act.sendMessage({ user: 'U0ANA', channel: at('incidents'), text: 'here' });
    slack.act.react({ user: 'U0BEN', channel: at('incidents'), ts, name: 'pushpin' });
    slack.act.sendMessage({ user: 'U0ANA', channel: at('random'), text: 'elsewhere' });
    slack.act.sendMessage({ user: 'U0ANA', channel: at('incidents'), text: 'last' });
    const told = await eventsOf(slack, heard, 2);
    expect(told.map(({ text }) => text).sort()).toEqual(['here', 'last']);
  });

  it('is told of the app’s own messages too, without their metadata', async () => {
    const { slack, heard } = await appOf();
    const channel = channelId(slack, 'incidents');
    const metadata = { event_type: 'muster', event_payload: { key: 'k' } };
    const { body } = await call(slack, 'chat.postMessage', { channel, text: 'first', metadata });
    await eventsOf(slack, heard, 1);
    await call(slack, 'chat.update', { channel, ts: body.ts, text: 'second' });
    const told = await eventsOf(slack, heard, 2);
    expect(told).toMatchObject([
      { type: 'message', bot_id: slack.workspace.bot.bot },
      { subtype: 'message_changed', message: { text: 'second', bot_id: slack.workspace.bot.bot } },
    ]);
    expect(JSON.stringify(told)).not.toContain('event_payload');
  });
});

describe('a message shortcut', () => {
  it('brings the whole message, and only if the app has it', async () => {
    const { slack, heard } = await appOf({ ...granted, shortcuts: [{ name: 'Keep', callbackId: 'keep' }] });
    const channel = channelId(slack, 'incidents');
    const { ts } = slack.act.sendMessage({ user: 'U0ANA', channel, text: 'words' });
    await eventsOf(slack, heard, 1);
    const use = { user: 'U0BEN', channel, ts };
    expect(await slack.act.useShortcut({ ...use, callbackId: 'keep' })).toEqual({ ok: true });
    expect(heard[1]?.body).toMatchObject({
      type: 'message_action',
      callback_id: 'keep',
      user: { id: 'U0BEN' },
      channel: { id: channel },
      message_ts: ts,
      message: { type: 'message', ts, text: 'words', user: 'U0ANA' },
      trigger_id: expect.any(String),
      response_url: expect.stringContaining('/respond/'),
    });
    await expect(slack.act.useShortcut({ ...use, callbackId: 'other' })).rejects.toThrow('no shortcut other');
  });
});
