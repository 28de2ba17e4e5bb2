import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type SimulatedSlack, startSlack } from '../../sandbox/slack/start.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import { createLog } from '../../src/compose/log.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import type { Delivery } from '../../src/domain/ports/courier.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import { createChannels } from '../../src/slack/channels.ts';
import { createClients } from '../../src/slack/clients.ts';
import { createCourier } from '../../src/slack/courier.ts';
import { createGroups } from '../../src/slack/groups.ts';
import { createPainter } from '../../src/slack/painter.ts';
import { townHome as home } from '../support/town.ts';
import { readManifest } from './bench.ts';
import { consentViewOf, incidentOf, incidentViewOf, longPlan, runViewOf } from './views.ts';

const started: SimulatedSlack[] = [];
afterEach(async () => {
  for (const slack of started.splice(0)) await slack.stop();
});

/** The courier and the painter against a simulated Slack, on read models that the test decides. */
async function startCourier(over: { rateLimits?: boolean; incident?: Partial<Incident> } = {}) {
  const { oauth_config } = await readManifest();
  const slack = await startSlack({ home, scopes: oauth_config.scopes.bot, rateLimits: over.rateLimits ?? false });
  started.push(slack);
  const incident = incidentOf({ channel: null, ...over.incident });
  const log = createLog('silent');
  const { bulk: client } = createClients(slack.tokens.bot, slack.url, log);
  const reads = {
    recovery: {
      readPlan: async () => longPlan(40, 'Something that is changed in the standby Region, with more words to it'),
      readConsent: async () => consentViewOf(),
      readRun: async () => runViewOf(),
    },
    incidents: {
      view: async () => incidentViewOf({ incident }),
      byChannel: async (channel: string) => (channel === incident.channel ? incident : null),
    },
    broadcast: { draft: async () => ({ name: 'n', body: 'b', components: [], canPost: true, page: null }) },
    home,
    simulated: false,
  };
  const deps = {
    client,
    channels: createChannels(client, reads),
    reads,
    home,
    log,
    groups: createGroups(client, systemClock),
    self: () => slack.workspace.bot.user,
    crash: noCrash,
  };
  return { slack, incident, courier: createCourier(deps), painter: createPainter(deps), groups: deps.groups };
}

const Receipt = z.object({ channel: z.string(), ts: z.string().default('') });
function placeOf(delivery: Delivery): z.infer<typeof Receipt> {
  if (delivery.state !== 'sent') throw new Error(delivery.why);
  return Receipt.parse(delivery.receipt);
}

const open: Outgoing = { to: 'slack', do: 'open-channel', incidentId: 7 };
function sentence(text: string, place: Extract<Outgoing, { do: 'post' }>['place']): Outgoing {
  return { to: 'slack', do: 'post', place, notice: { kind: 'sentence', text, mention: [] } };
}
const incidents = { in: 'channel', name: '#incidents' } as const;
const named = (slack: SimulatedSlack, name: string) =>
  [...slack.workspace.channels.values()].filter((each) => each.name.startsWith(name));

describe('an incident’s channel', () => {
  it('is opened once, with everybody who holds a role, though the answer was lost', async () => {
    const { slack, courier } = await startCourier();
    slack.faults.lose = { times: 1, of: 'conversations.create' };
    expect(await courier.deliver(open, 'open:7', false)).toMatchObject({ state: 'later' });
    expect(await courier.deliver(open, 'open:7', true)).toMatchObject({ state: 'sent' });
    const [channel, ...more] = named(slack, 'inc-7');
    expect(more).toEqual([]);
    expect([...(channel?.members ?? [])].sort()).toEqual(expect.arrayContaining(['U0ANA', 'U0BEN', 'U0CAT', 'U0DOV']));
    expect(channel?.topic).toContain('INC-7');
  });

  it('takes another name when an archived channel holds its own', async () => {
    const { slack, courier, incident } = await startCourier();
    await courier.deliver(open, 'open:7', false);
    const [first] = named(slack, 'inc-7');
    if (first) first.is_archived = true;
    incident.channel = null;
    const again = await courier.deliver(open, 'open:7/again', false);
    expect(again).toMatchObject({ state: 'sent' });
    expect(named(slack, 'inc-7').map(({ name }) => name)).toEqual(['inc-7-checkout-fails', 'inc-7-checkout-fails-2']);
  });
});

describe('a message', () => {
  it('is posted once though its answer was lost, by this process or by another', async () => {
    const { slack, courier } = await startCourier();
    slack.faults.lose = { times: 1, of: 'chat.postMessage' };
    const said = sentence('It is said once.', incidents);
    expect(await courier.deliver(said, 'say:1', false)).toMatchObject({ state: 'later' });
    expect(await courier.deliver(said, 'say:1', false)).toMatchObject({ state: 'sent' });
    expect(await courier.deliver(said, 'say:1', true)).toMatchObject({ state: 'sent' });
    expect(slack.seen('U0ANA', '#incidents').filter(({ text }) => text.includes('once'))).toHaveLength(1);
  });

  it('that is long goes on in its thread, each part once', async () => {
    const { slack, courier, incident } = await startCourier();
    const opened = await courier.deliver(open, 'open:7', false);
    incident.channel = placeOf(opened).channel;
    const plan: Outgoing = {
      to: 'slack',
      do: 'post',
      place: { in: 'incident', incidentId: 7 },
      notice: { kind: 'plan', planId: 'p' },
    };
    await courier.deliver(plan, 'plan:1', false);
    const once = slack.seen('U0ANA', 'inc-7-checkout-fails').length;
    await courier.deliver(plan, 'plan:1', true);
    const messages = slack.seen('U0ANA', 'inc-7-checkout-fails');
    expect(messages).toHaveLength(once);
    expect(once).toBeGreaterThan(2);
    expect(messages.slice(1).every((message) => message.thread_ts === messages[0]?.ts)).toBe(true);
  });

  it('reaches one person directly', async () => {
    const { slack, courier } = await startCourier();
    const receipt = await courier.deliver(sentence('For ben.', { in: 'direct', slack: 'U0BEN' }), 'dm:1', true);
    expect(receipt).toMatchObject({ state: 'sent' });
    const direct = [...slack.workspace.channels.values()].find((each) => each.kind === 'direct');
    expect(direct?.messages.map(({ text }) => text)).toEqual(['For ben.']);
  });

  it('to a channel that is not there is refused in a sentence', async () => {
    const { courier } = await startCourier();
    const delivery = await courier.deliver(sentence('x', { in: 'channel', name: '#nowhere' }), 'say:2', false);
    expect(delivery).toMatchObject({ state: 'refused', why: expect.stringContaining('#nowhere') });
  });

  it('waits while Slack is down, and as long as Slack asks', async () => {
    const { slack, courier } = await startCourier({ rateLimits: true });
    slack.faults.down = '503';
    expect(await courier.deliver(sentence('x', incidents), 'say:3', false)).toMatchObject({ state: 'later' });
    slack.faults.down = 'no';
    const many = Array.from({ length: 40 }, (_, index) =>
      courier.deliver(sentence(`n ${index}`, incidents), `many:${index}`, false),
    );
    const limited = (await Promise.all(many)).filter((delivery) => delivery.state === 'later');
    expect(limited.length).toBeGreaterThan(0);
    for (const delivery of limited) expect(delivery).toMatchObject({ afterMs: expect.any(Number) });
  });
});

describe('a live message', () => {
  it('is changed when something is new, and left alone when nothing is', async () => {
    const { slack, courier, painter, incident } = await startCourier();
    const opened = await courier.deliver(open, 'open:7', false);
    incident.channel = placeOf(opened).channel;
    const notice = { kind: 'incident-header', incidentId: 7 } as const;
    const posted = await courier.deliver(
      { to: 'slack', do: 'post', place: { in: 'incident', incidentId: 7 }, notice, pin: true },
      'header:7',
      false,
    );
    const live = {
      key: 'header:7',
      notice,
      channel: placeOf(posted).channel,
      ts: placeOf(posted).ts,
      shown: null,
    };
    const first = await painter.paint(live);
    incident.phase = 'recovering';
    const second = await painter.paint({ ...live, shown: first.shown ?? null });
    const calls = () => slack.workspace.called.filter(({ method }) => method === 'chat.update').length;
    const before = calls();
    await painter.paint({ ...live, shown: second.shown ?? null });
    expect(calls()).toBe(before);
    expect(slack.seen('U0ANA', live.channel).at(-1)?.text).toContain('recovering');
    expect(named(slack, 'inc-7')[0]?.pins).toHaveLength(1);
  });

  it('that somebody deleted is refused in a sentence', async () => {
    const { slack, painter } = await startCourier();
    const channel = named(slack, 'incidents')[0]?.id ?? '';
    const gone = { key: 'k', notice: { kind: 'run', runId: 'r' }, channel, ts: '1.000001', shown: null };
    expect(await painter.paint(gone)).toMatchObject({ state: 'refused', why: expect.stringContaining('deleted') });
  });
});

describe('a user group', () => {
  it('is read from Slack, and remembered while Slack is down', async () => {
    const { slack, groups } = await startCourier();
    const members = await groups('S0APPR');
    expect(members).toContain('U0DOV');
    slack.faults.down = '503';
    expect(await groups('S0APPR')).toEqual(members);
    await expect(groups('S0RESP')).rejects.toThrow('Slack did not give the members of group S0RESP');
  });
});
