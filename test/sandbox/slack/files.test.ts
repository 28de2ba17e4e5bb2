import { describe, expect, it } from '@jest/globals';
import type { SimulatedSlack } from '../../../sandbox/slack/start.ts';
import { scopes } from '../home.ts';
import { call, channelId, slackWith } from './workbench.ts';

const granted = { scopes: [...scopes, 'files:write'] };

async function begin(slack: SimulatedSlack, content: string, name = 'a.md'): Promise<{ id: string; url: string }> {
  const { body } = await call(slack, 'files.getUploadURLExternal', {
    filename: name,
    length: Buffer.byteLength(content),
  });
  return { id: String(body.file_id), url: String(body.upload_url) };
}

const send = (url: string, body: string) => fetch(url, { method: 'POST', body });
const complete = (slack: SimulatedSlack, id: string, more: Record<string, unknown> = {}) =>
  call(slack, 'files.completeUploadExternal', { files: [{ id, title: 'A' }], ...more });

describe('a file', () => {
  it('is seen below a message once its three steps are done', async () => {
    const slack = await slackWith(granted);
    const channel = channelId(slack, 'incidents');
    const { body: root } = await call(slack, 'chat.postMessage', { channel, text: 'root' });
    const { id, url } = await begin(slack, 'ü');
    expect((await send(url, 'ü')).status).toBe(200);
    expect(slack.seen('U0ANA', channel)).toHaveLength(1);
    expect((await complete(slack, id, { channel_id: channel, thread_ts: root.ts })).body).toMatchObject({ ok: true });
    const { body } = await call(slack, 'conversations.replies', { channel, ts: root.ts });
    expect(body.messages).toMatchObject([
      { text: 'root' },
      { thread_ts: root.ts, files: [{ id, name: 'a.md', size: 2 }] },
    ]);
    expect(slack.workspace.files.get(id)?.content).toBe('ü');
  });

  it.each([
    ['no length', { filename: 'a.md', length: 0 }, 'missing_argument'],
    ['no name', { length: 1 }, 'invalid_arguments'],
    ['more than a gigabyte', { filename: 'a.md', length: 2 ** 31 }, 'file_upload_size_restricted'],
    ['a long snippet', { filename: 'a.md', length: 2 ** 21, snippet_type: 'markdown' }, 'snippet_too_large'],
  ])('with %s is refused', async (_name, args, error) => {
    const slack = await slackWith(granted);
    expect((await call(slack, 'files.getUploadURLExternal', args)).body.error).toBe(error);
  });

  it('is refused out of order, twice, in a strange place, or without its scope', async () => {
    const slack = await slackWith(granted);
    const channel = channelId(slack, 'incidents');
    const { id, url } = await begin(slack, 'four');
    expect((await complete(slack, id)).body.error).toBe('file_not_found');
    expect((await send(url, 'fours')).status).toBe(400);
    expect((await send(url, 'four')).status).toBe(200);
    expect((await send(url, 'four')).status).toBe(400);
    expect((await complete(slack, id, { channel_id: 'C0NOWHERE' })).body.error).toBe('channel_not_found');
    expect((await complete(slack, id, { channel_id: channelId(slack, 'random') })).body.error).toBe('not_in_channel');
    expect((await complete(slack, id, { channel_id: channel, thread_ts: '1.000001' })).body.error).toBe(
      'thread_not_found',
    );
    expect((await complete(slack, id, { channel_id: channel })).body.ok).toBe(true);
    expect((await complete(slack, id, { channel_id: channel })).body.error).toBe('file_not_found');
    const other = await slackWith();
    const refused = await call(other, 'files.getUploadURLExternal', { filename: 'a.md', length: 1 });
    expect(refused.body).toMatchObject({ error: 'missing_scope', needed: 'files:write' });
  });

  it('goes below a thread’s own message, never below a reply', async () => {
    const slack = await slackWith(granted);
    const channel = channelId(slack, 'incidents');
    const { body: root } = await call(slack, 'chat.postMessage', { channel, text: 'root' });
    const { body: reply } = await call(slack, 'chat.postMessage', { channel, text: 'reply', thread_ts: root.ts });
    const { id, url } = await begin(slack, 'x');
    await send(url, 'x');
    const refused = await complete(slack, id, { channel_id: channel, thread_ts: reply.ts });
    expect(refused.body.error).toBe('invalid_arguments');
  });
});

describe('a thread', () => {
  it('is given by any of its messages, its own first whatever the bounds', async () => {
    const slack = await slackWith();
    const channel = channelId(slack, 'incidents');
    const say = (text: string, threadTs?: string) =>
      slack.act.sendMessage({ user: 'U0ANA', channel, text, ...(threadTs ? { threadTs } : {}) }).ts;
    const root = say('root');
    say('first', root);
    const second = say('second', root);
    const bounds = { oldest: second, latest: second, inclusive: 'true', limit: '2' };
    const { body } = await call(slack, 'conversations.replies', { channel, ts: second, ...bounds });
    expect(body.messages).toMatchObject([{ text: 'root' }, { text: 'second' }]);
  });
});
