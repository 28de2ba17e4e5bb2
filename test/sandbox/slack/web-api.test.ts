import { describe, expect, it } from '@jest/globals';
import { call, channelId, slackWith } from './workbench.ts';

const error = async (answer: ReturnType<typeof call>) => (await answer).body.error;

describe('tokens and scopes', () => {
  it('says who the bot is', async () => {
    const slack = await slackWith();
    expect((await call(slack, 'auth.test')).body).toMatchObject({
      ok: true,
      user_id: 'U0MUSTER',
      team_id: 'T0SANDBOX',
    });
  });

  it('refuses no token, a wrong token, the wrong kind of token and an unknown method', async () => {
    const slack = await slackWith();
    expect(await error(call(slack, 'auth.test', {}, ''))).toBe('not_authed');
    expect(await error(call(slack, 'auth.test', {}, 'xoxb-other'))).toBe('invalid_auth');
    expect(await error(call(slack, 'apps.connections.open'))).toBe('not_allowed_token_type');
    expect(await error(call(slack, 'chat.postMesage'))).toBe('unknown_method');
  });

  it('refuses what the manifest did not ask for', async () => {
    const slack = await slackWith({ scopes: ['chat:write'] });
    const answer = await call(slack, 'conversations.create', { name: 'inc-1' });
    expect(answer.body).toMatchObject({
      ok: false,
      error: 'missing_scope',
      needed: 'channels:manage',
      provided: 'chat:write',
    });
    expect(await error(call(slack, 'chat.postMessage', { channel: '#general', text: 'hi' }))).toBe('not_in_channel');
  });
});

describe('channels', () => {
  it('creates, and refuses names Slack refuses', async () => {
    const slack = await slackWith();
    expect((await call(slack, 'conversations.create', { name: 'inc-1' })).body.ok).toBe(true);
    expect(await error(call(slack, 'conversations.create', { name: 'inc-1' }))).toBe('name_taken');
    expect(await error(call(slack, 'conversations.create', { name: 'Inc 2' }))).toBe('invalid_name_specials');
    expect(await error(call(slack, 'conversations.create', { name: '---' }))).toBe('invalid_name_punctuation');
    expect(await error(call(slack, 'conversations.create', { name: 'x'.repeat(81) }))).toBe('invalid_name_maxlength');
    expect(await error(call(slack, 'conversations.create', { name: '' }))).toBe('invalid_name_required');
  });

  it('invites people once, never the bot itself, and goes on past bad ones only when forced', async () => {
    const slack = await slackWith();
    await call(slack, 'conversations.create', { name: 'inc-1' });
    const channel = channelId(slack, 'inc-1');
    expect((await call(slack, 'conversations.invite', { channel, users: 'U0ANA' })).body.ok).toBe(true);
    expect(await error(call(slack, 'conversations.invite', { channel, users: 'U0ANA' }))).toBe('already_in_channel');
    expect(await error(call(slack, 'conversations.invite', { channel, users: 'U0MUSTER' }))).toBe('cant_invite_self');
    expect(await error(call(slack, 'conversations.invite', { channel, users: 'U0ANA,U0BEN' }))).toBe(
      'already_in_channel',
    );
    expect(slack.workspace.channels.get(channel)?.members.has('U0BEN')).toBe(false);
    expect((await call(slack, 'conversations.invite', { channel, users: 'U0ANA,U0BEN', force: true })).body.ok).toBe(
      true,
    );
    expect(slack.workspace.channels.get(channel)?.members.has('U0BEN')).toBe(true);
  });

  it('refuses a topic of 251, an unknown channel, and anything in an archived one', async () => {
    const slack = await slackWith();
    const channel = channelId(slack, 'incidents');
    expect(await error(call(slack, 'conversations.setTopic', { channel, topic: 'x'.repeat(251) }))).toBe('too_long');
    expect(await error(call(slack, 'conversations.info', { channel: 'C0NOWHERE' }))).toBe('channel_not_found');
    expect((await call(slack, 'conversations.archive', { channel })).body.ok).toBe(true);
    expect(await error(call(slack, 'chat.postMessage', { channel, text: 'hi' }))).toBe('is_archived');
    expect(await error(call(slack, 'conversations.create', { name: 'incidents' }))).toBe('name_taken');
    expect(await error(call(slack, 'conversations.archive', { channel }))).toBe('already_archived');
  });
});

describe('messages', () => {
  it('keeps metadata for those who ask, oldest last', async () => {
    const slack = await slackWith();
    const channel = channelId(slack, 'incidents');
    const metadata = { event_type: 'muster', event_payload: { key: 'k1' } };
    await call(slack, 'chat.postMessage', { channel, text: 'first', metadata });
    await call(slack, 'chat.postMessage', { channel, text: 'second' });
    const read = await call(slack, 'conversations.history', { channel, include_all_metadata: true });
    expect(read.body.messages).toMatchObject([{ text: 'second' }, { text: 'first', metadata }]);
    const plain = await call(slack, 'conversations.history', { channel });
    expect(JSON.stringify(plain.body)).not.toContain('k1');
  });

  it('loses the blocks of a message that is updated with text alone', async () => {
    const slack = await slackWith();
    const channel = channelId(slack, 'incidents');
    const { body } = await call(slack, 'chat.postMessage', { channel, text: 'x', blocks: [{ type: 'divider' }] });
    await call(slack, 'chat.update', { channel, ts: body.ts, text: 'y' });
    expect(slack.seen('U0ANA', channel)).toMatchObject([{ text: 'y', blocks: [], edited: {} }]);
  });

  it('refuses empty, overlong and badly built messages, with the limit in a sentence', async () => {
    const slack = await slackWith();
    const channel = channelId(slack, 'incidents');
    const { body } = await call(slack, 'chat.postMessage', { channel, text: 'x' });
    expect(await error(call(slack, 'chat.postMessage', { channel }))).toBe('no_text');
    expect(await error(call(slack, 'chat.update', { channel, ts: body.ts, text: 'x'.repeat(4001) }))).toBe(
      'msg_too_long',
    );
    expect(await error(call(slack, 'chat.update', { channel, ts: '1.000001', text: 'x' }))).toBe('message_not_found');
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }];
    const answer = await call(slack, 'chat.postMessage', { channel, text: 'x', blocks });
    expect(answer.body.error).toBe('invalid_blocks');
    expect(answer.body.response_metadata?.messages?.[0]).toContain('must be less than 151 characters');
    expect(slack.workspace.refused.at(-1)).toMatchObject({ where: 'chat.postMessage', error: 'invalid_blocks' });
  });

  it('shows an ephemeral message to one member, and to no history', async () => {
    const slack = await slackWith();
    const channel = channelId(slack, 'incidents');
    await call(slack, 'chat.postEphemeral', { channel, user: 'U0ANA', text: 'psst' });
    expect(slack.seen('U0ANA', channel)).toHaveLength(1);
    expect(slack.seen('U0BEN', channel)).toHaveLength(0);
    expect((await call(slack, 'conversations.history', { channel })).body.messages).toEqual([]);
    expect(await error(call(slack, 'chat.postEphemeral', { channel, user: 'U0NOBODY', text: 'x' }))).toBe(
      'user_not_in_channel',
    );
  });

  it('pins once', async () => {
    const slack = await slackWith();
    const channel = channelId(slack, 'incidents');
    const { body } = await call(slack, 'chat.postMessage', { channel, text: 'x' });
    const timestamp = body.ts;
    expect((await call(slack, 'pins.add', { channel, timestamp })).body.ok).toBe(true);
    expect(await error(call(slack, 'pins.add', { channel, timestamp }))).toBe('already_pinned');
    expect(await error(call(slack, 'pins.add', { channel, timestamp: '1.1' }))).toBe('message_not_found');
  });

  it('notes who would have been pinged, and nobody for what is escaped or plain', async () => {
    const slack = await slackWith();
    const channel = channelId(slack, 'incidents');
    await call(slack, 'chat.postMessage', { channel, text: '&lt;!channel&gt; @here' });
    const plain = [{ type: 'section', text: { type: 'plain_text', text: '<!channel>' } }];
    await call(slack, 'chat.postMessage', { channel, text: 'safe', blocks: plain });
    expect(slack.workspace.pings).toEqual([]);
    const loud = [{ type: 'section', text: { type: 'mrkdwn', text: '<!here|here> <@U0ANA> <!subteam^S0RESP>' } }];
    await call(slack, 'chat.postMessage', { channel, text: 'x', blocks: loud });
    expect(slack.workspace.pings.map((ping) => ping.kind)).toEqual(['everyone', 'person', 'group']);
  });
});

describe('people', () => {
  it('knows them by id, by mail and by group', async () => {
    const slack = await slackWith();
    expect((await call(slack, 'users.info', { user: 'U0ANA' })).body.user).toMatchObject({ name: 'ana' });
    expect((await call(slack, 'users.lookupByEmail', { email: 'ben@example.com' })).body.user).toMatchObject({
      id: 'U0BEN',
    });
    expect(await error(call(slack, 'users.lookupByEmail', { email: 'no@example.com' }))).toBe('users_not_found');
    expect((await call(slack, 'usergroups.users.list', { usergroup: 'S0APPR' })).body.users).toEqual(['U0DOV']);
    expect(await error(call(slack, 'usergroups.users.list', { usergroup: 'S0NONE' }))).toBe('no_such_subteam');
  });
});

describe('faults', () => {
  it('is unavailable, or does not answer at all', async () => {
    const slack = await slackWith();
    slack.faults.down = '503';
    const response = await fetch(`${slack.url}auth.test`, { method: 'POST' });
    expect(response.status).toBe(503);
    slack.faults.down = 'refused';
    await expect(call(slack, 'auth.test')).rejects.toThrow();
    expect(() => slack.act.sendMessage({ user: 'U0ANA', channel: 'incidents', text: 'x' })).toThrow('Slack is down');
  });

  it('loses an answer after its effect', async () => {
    const slack = await slackWith();
    slack.faults.lose = { times: 1, of: 'chat.postMessage' };
    await expect(call(slack, 'chat.postMessage', { channel: '#incidents', text: 'once' })).rejects.toThrow();
    expect(slack.seen('U0ANA', 'incidents')).toHaveLength(1);
    expect((await call(slack, 'chat.postMessage', { channel: '#incidents', text: 'twice' })).body.ok).toBe(true);
  });
});
