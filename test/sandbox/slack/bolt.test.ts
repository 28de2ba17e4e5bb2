import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import bolt, { type App as BoltApp } from '@slack/bolt';
import { signedForm } from '../../../sandbox/slack/sign.ts';
import type { SimulatedSlack } from '../../../sandbox/slack/start.ts';
import { freePort } from '../../../sandbox/wire/serve.ts';
import { channelId, slackWith, stopAfterwards } from './workbench.ts';

const { App, LogLevel } = bolt;
/** Many of these tests make Bolt complain. */
const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const modal = (title: string, blocks: object[], extra: object = {}) =>
  ({ type: 'modal', callback_id: 'form', title: plain(title), submit: plain('Go'), blocks, ...extra }) as never;
const reason = {
  type: 'input',
  block_id: 'reason',
  label: plain('Reason'),
  element: { type: 'plain_text_input', action_id: 'text' },
};
const service = {
  type: 'input',
  block_id: 'service',
  label: plain('Service'),
  optional: true,
  element: {
    type: 'static_select',
    action_id: 'pick',
    options: [
      { text: plain('API'), value: 'api' },
      { text: plain('Web'), value: 'web' },
    ],
  },
};

type SetUp = (app: BoltApp) => void;

async function overHttp(setUp: SetUp, slack: SimulatedSlack): Promise<string> {
  const app = new App({
    token: slack.tokens.bot,
    signingSecret: slack.tokens.signingSecret,
    clientOptions: { slackApiUrl: slack.url, retryConfig: { retries: 0 } },
    logger: silent,
  });
  setUp(app);
  const port = await freePort();
  await app.start(port);
  stopAfterwards({ stop: async () => void (await app.stop()) });
  const url = `http://127.0.0.1:${port}/slack/events`;
  slack.deliverTo(url);
  return url;
}

async function overSocket(setUp: SetUp, slack: SimulatedSlack): Promise<void> {
  const app = new App({
    token: slack.tokens.bot,
    appToken: slack.tokens.app,
    socketMode: true,
    clientOptions: { slackApiUrl: slack.url, retryConfig: { retries: 0 } },
    logger: silent,
  });
  setUp(app);
  await app.start();
  stopAfterwards({ stop: async () => void (await app.stop()) });
}

const opensForm: SetUp = (app) => {
  app.command('/dr', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: modal(`Hello ${body.text}`, [reason, service]) });
  });
};

const doors: [string, (setUp: SetUp, slack: SimulatedSlack) => Promise<unknown>][] = [
  ['signed HTTP', overHttp],
  ['Socket Mode', overSocket],
];

describe.each(doors)('a real Bolt app over %s', (_name, start) => {
  it('takes a command, opens a modal, refuses a field, then closes it', async () => {
    const slack = await slackWith();
    const heard: unknown[] = [];
    await start((app) => {
      opensForm(app);
      app.view('form', async ({ ack, view, body }) => {
        heard.push({ values: view.state.values, user: body.user.id });
        if (view.state.values.reason?.text?.value === 'no') {
          return ack({ response_action: 'errors', errors: { reason: 'Not that.' } });
        }
        await ack();
      });
    }, slack);
    const user = 'U0ANA';
    expect(await slack.act.slashCommand({ user, channel: 'incidents', text: 'there' })).toEqual({ ok: true });
    const view = await slack.workspace.changes.until(() => slack.modalOf(user), 'the modal');
    expect(view.body.title).toEqual(plain('Hello there'));
    const submit = (values: Record<string, string>) => slack.act.submitView({ user, viewId: view.id, values });
    expect(await submit({})).toEqual({ state: 'errors', errors: { reason: 'Please complete this required field.' } });
    expect(heard).toEqual([]);
    expect(await submit({ reason: 'no' })).toEqual({ state: 'errors', errors: { reason: 'Not that.' } });
    expect(await submit({ reason: 'yes', service: 'web' })).toEqual({ state: 'closed' });
    expect(heard[1]).toEqual({
      user,
      values: {
        reason: { text: { type: 'plain_text_input', value: 'yes' } },
        service: { pick: { type: 'static_select', selected_option: { text: plain('Web'), value: 'web' } } },
      },
    });
    expect(slack.modalOf(user)).toBeUndefined();
  });

  it('takes a click and answers by response_url, five times and no more', async () => {
    const slack = await slackWith();
    const statuses: number[] = [];
    await start((app) => {
      app.action('go', async ({ ack, body, respond }) => {
        await ack();
        for (let at = 1; at <= 6; at++) {
          await respond(`${body.user.id} ${at}`).then(
            () => statuses.push(200),
            (error) => statuses.push(error.statusCode),
          );
        }
      });
    }, slack);
    const channel = channelId(slack, 'incidents');
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Go'), value: '7' }] },
    ];
    const form = new URLSearchParams({ channel, text: 'x', blocks: JSON.stringify(blocks) });
    const headers = { authorization: `Bearer ${slack.tokens.bot}` };
    await fetch(`${slack.url}chat.postMessage`, { method: 'POST', headers, body: form });
    const ts = slack.seen('U0BEN', channel)[0]?.ts ?? '';
    expect(await slack.act.click({ user: 'U0BEN', channel, ts, actionId: 'go' })).toEqual({ ok: true });
    await slack.workspace.changes.until(() => slack.workspace.refused.at(-1)?.error === 'used_url', 'the refusal');
    expect(slack.seen('U0BEN', channel).map((one) => one.text)).toContain('U0BEN 5');
    expect(slack.seen('U0ANA', channel).map((one) => one.text)).not.toContain('U0BEN 5');
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
  });

  it('hears what people say where it is, when it subscribed to it', async () => {
    const slack = await slackWith({ events: ['message.channels', 'app_mention'] });
    const heard: string[] = [];
    await start((app) => {
      app.message(async ({ message }) => void heard.push('text' in message ? `said ${message.text}` : ''));
      app.event('app_mention', async ({ event }) => {
        heard.push(`mentioned ${event.text}`);
        slack.workspace.changes.tell();
      });
    }, slack);
    slack.act.sendMessage({ user: 'U0ANA', channel: 'general', text: 'far away' });
    slack.act.sendMessage({ user: 'U0ANA', channel: 'incidents', text: '<@U0MUSTER> a<b' });
    await slack.workspace.changes.until(() => heard.length >= 2, 'the events');
    expect(heard.toSorted()).toEqual(['mentioned <@U0MUSTER> a&lt;b', 'said <@U0MUSTER> a&lt;b']);
  });

  it('shows people that a command took more than three seconds', async () => {
    const slack = await slackWith();
    await start((app) => {
      app.command('/dr', async () => await new Promise((resolve) => setTimeout(resolve, 100)));
    }, slack);
    const acted = await slack.act.slashCommand({ user: 'U0ANA', channel: 'incidents', text: 'help' });
    expect(acted.ok).toBe(false);
    expect(slack.seen('U0ANA', 'incidents').at(-1)?.text).toMatch(/^\/dr failed with the error/);
  });
});

describe('an app over HTTP', () => {
  it('refuses what is forged, stale or sent to nobody', async () => {
    const slack = await slackWith();
    const url = await overHttp(opensForm, slack);
    const body = 'command=%2Fdr&text=x&user_id=U0ANA&channel_id=C1&team_id=T0SANDBOX&trigger_id=1';
    const now = Math.floor(Date.now() / 1000);
    const status = async (init: RequestInit) => (await fetch(url, init)).status;
    expect(await status(signedForm(body, slack.tokens.signingSecret, now))).toBe(200);
    expect(await status(signedForm(body, 'another secret', now))).toBe(401);
    expect(await status(signedForm(body, slack.tokens.signingSecret, now - 301))).toBe(401);
    expect(await status({ ...signedForm(body, slack.tokens.signingSecret, now), body: `${body}&text=y` })).toBe(401);
  });

  it('is unreachable when it is not there, and people are told', async () => {
    const slack = await slackWith();
    slack.deliverTo(`http://127.0.0.1:${await freePort()}/slack/events`);
    const acted = await slack.act.slashCommand({ user: 'U0ANA', channel: 'incidents', text: '' });
    expect(acted).toEqual({ ok: false, shown: '/dr failed with the error "dispatch_failed"' });
  });

  it('may push two modals over the first, and no more', async () => {
    const slack = await slackWith();
    await overHttp((app) => {
      opensForm(app);
      app.view('form', async ({ ack }) => ack({ response_action: 'push', view: modal('Next', [reason]) }));
    }, slack);
    const user = 'U0ANA';
    await slack.act.slashCommand({ user, channel: 'incidents', text: '' });
    const first = await slack.workspace.changes.until(() => slack.modalOf(user), 'the modal');
    const next = async (viewId: string) => await slack.act.submitView({ user, viewId, values: { reason: 'x' } });
    const second = await next(first.id);
    const third = await next(second.state === 'pushed' ? second.view.id : '');
    expect(third.state).toBe('pushed');
    expect(await next(third.state === 'pushed' ? third.view.id : '')).toMatchObject({ state: 'failed' });
    expect(slack.workspace.refused.at(-1)?.error).toBe('push_limit_reached');
  });

  it('gets a conflict when it updates a view that has changed since', async () => {
    const slack = await slackWith();
    const outcomes: string[] = [];
    await overHttp((app) => {
      app.command('/dr', async ({ ack, body, client }) => {
        await ack();
        const { view } = await client.views.open({ trigger_id: body.trigger_id, view: modal('One', [reason]) });
        const change = { view_id: view?.id ?? '', hash: view?.hash ?? '', view: modal('Two', [reason]) };
        for (let at = 0; at < 2; at++) {
          await client.views.update(change).then(
            () => outcomes.push('ok'),
            (error) => outcomes.push(error.data.error),
          );
        }
        slack.workspace.changes.tell();
      });
    }, slack);
    await slack.act.slashCommand({ user: 'U0ANA', channel: 'incidents', text: '' });
    await slack.workspace.changes.until(() => outcomes.length === 2, 'both updates');
    expect(outcomes).toEqual(['ok', 'hash_conflict']);
  });

  it('cannot be answered with what was never offered', async () => {
    const slack = await slackWith();
    await overHttp(opensForm, slack);
    await slack.act.slashCommand({ user: 'U0ANA', channel: 'incidents', text: '' });
    const view = await slack.workspace.changes.until(() => slack.modalOf('U0ANA'), 'the modal');
    const submit = (values: Record<string, string>, user = 'U0ANA') =>
      slack.act.submitView({ user, viewId: view.id, values });
    await expect(submit({ reason: 'x', service: 'admin' })).rejects.toThrow(
      '"admin" is not offered here. Offered: api, web.',
    );
    await expect(submit({ reson: 'x' })).rejects.toThrow('No field "reson" here.');
    await expect(submit({ reason: 'x' }, 'U0BEN')).rejects.toThrow('has no modal');
  });
});

describe('Socket Mode', () => {
  it('brings an app back after a disconnect', async () => {
    const slack = await slackWith();
    await overSocket(opensForm, slack);
    expect(slack.socket.connections()).toBe(1);
    slack.socket.disconnect('refresh_requested');
    const opened = () => slack.workspace.called.filter((one) => one.method === 'apps.connections.open').length;
    const back = () => opened() === 2 && slack.socket.connections() === 1;
    await slack.workspace.changes.until(back, 'a second connection', 15_000);
    expect(await slack.act.slashCommand({ user: 'U0ANA', channel: 'incidents', text: 'again' })).toEqual({ ok: true });
    await slack.workspace.changes.until(() => slack.modalOf('U0ANA'), 'the modal');
  });

  it('opens a connection with a ticket that is good once', async () => {
    const slack = await slackWith();
    const url = slack.socket.ticket(slack.url.replace('/api/', ''));
    expect(await upgrade(url)).toBe(101);
    expect(await upgrade(url)).toBe(401);
    expect(await upgrade(slack.socket.ticket(slack.url.replace('/api/', '')), { 'sec-websocket-version': '8' })).toBe(
      400,
    );
  });
});

function upgrade(url: string, other: Record<string, string> = {}): Promise<number | undefined> {
  const handshake = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'a2V5',
    'sec-websocket-version': '13',
  };
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { ...handshake, ...other } });
    asked.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode);
    });
    asked.on('response', (response) => resolve(response.statusCode));
    asked.on('error', reject);
    asked.end();
  });
}
