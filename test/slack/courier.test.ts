import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { SimulatedSlack } from '../../sandbox/slack/start.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import { incidents, named, open, placeOf, sentence, startCourier } from './courier-stage.ts';

/** What is said in it, without the notes that say which part of it this is. */
const textsIn = (blocks: readonly Record<string, unknown>[]) =>
  blocks
    .filter(({ type }) => type !== 'context')
    .map((block) => z.object({ text: z.object({ text: z.string() }) }).parse(block).text.text);

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

  it('is not posted by a process from which another has taken over while it read back', async () => {
    const { slack, courier, takenOver } = await startCourier();
    takenOver.now = true;
    const said = sentence('It is said once.', incidents);
    await expect(courier.deliver(said, 'say:1', true)).rejects.toThrow('taken over');
    expect(slack.seen('U0ANA', '#incidents').filter(({ text }) => text.includes('once'))).toEqual([]);
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

describe('a document to be read', () => {
  const review: Outgoing = { to: 'slack', do: 'post', place: incidents, notice: { kind: 'review', reviewId: 'r' } };
  const shown = (slack: SimulatedSlack) => slack.seen('U0ANA', '#incidents');

  it('is one message with one file below it, whichever answer was lost', async () => {
    for (const lost of ['chat.postMessage', 'files.getUploadURLExternal', 'upload', 'files.completeUploadExternal']) {
      const { slack, courier } = await startCourier();
      slack.faults.lose = { times: 1, of: lost };
      expect(await courier.deliver(review, 'review:1', false)).toMatchObject({ state: 'later' });
      expect(await courier.deliver(review, 'review:1', true)).toMatchObject({ state: 'sent' });
      expect(await courier.deliver(review, 'review:1', true)).toMatchObject({ state: 'sent' });
      const [message, file, ...more] = shown(slack);
      expect(more).toEqual([]);
      expect(file).toMatchObject({ thread_ts: message?.ts, files: [{ name: 'inc-7-post-mortem.md' }] });
      expect([...slack.workspace.files.values()].filter(({ shared }) => shared)).toHaveLength(1);
    }
  });

  it('is posted as text where the workspace takes no files', async () => {
    const { slack, courier } = await startCourier();
    slack.workspace.app.noFiles = true;
    expect(await courier.deliver(review, 'review:1', false)).toMatchObject({ state: 'sent' });
    expect(await courier.deliver(review, 'review:1', true)).toMatchObject({ state: 'sent' });
    const [message, text, ...more] = shown(slack);
    expect(more).toEqual([]);
    expect(text).toMatchObject({ thread_ts: message?.ts });
    expect(JSON.stringify(text?.blocks)).toContain('What happened');
  });
});

describe('words that are longer than a message', () => {
  it('go on below it, nothing is left out and no part is cut within a word', async () => {
    const { slack, courier } = await startCourier();
    const words = Array.from({ length: 2_400 }, (_, index) => `word-${index}`);
    await courier.deliver(sentence(words.join(' '), incidents), 'long:1', false);
    const messages = slack.seen('U0ANA', '#incidents');
    expect(messages.length).toBeGreaterThan(1);
    const read = messages.flatMap(({ blocks }) => textsIn(blocks).flatMap((text) => text.split(/\s+/)));
    expect(read).toEqual(words);
  });

  it('keep code to be copied in code', async () => {
    const { slack, courier } = await startCourier();
    const code = Array.from({ length: 400 }, (_, index) => `line ${index} of what is copied`).join('\n');
    await courier.deliver(sentence(`Copy this:\n\`\`\`${code}\`\`\``, incidents), 'long:2', false);
    const parts = slack.seen('U0ANA', '#incidents').flatMap(({ blocks }) => textsIn(blocks));
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) expect(part.split('```').length % 2).toBe(1);
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
