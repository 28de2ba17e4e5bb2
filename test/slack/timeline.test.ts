import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Notice } from '../../src/domain/notice.ts';
import { until } from '../support/simulated-muster.ts';
import { type Stage, startStage } from './hands.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

const say = (user: string, text: string, threadTs?: string) =>
  stage.slack.act.sendMessage({ user, channel: stage.channel, text, ...(threadTs ? { threadTs } : {}) }).ts;
const pin = (user: string, ts: string, channel = stage.channel) => ({ user, channel, ts, name: 'pushpin' });
const kept = () => stage.asked.filter(([what]) => what === 'keep').map(([, ask]) => ask);

/** Events are answered before they are worked on: what was told afterwards shows that it is over. */
async function settled(): Promise<void> {
  const ts = say('U0BEN', 'a mark');
  stage.slack.act.editMessage({ user: 'U0BEN', channel: stage.channel, ts, text: `mark ${ts}` });
  await until(
    async () => stage.asked.some(([what, ask]) => what === 'edited' && JSON.stringify(ask).includes(ts)),
    'the mark',
  );
}

describe('a message of an incident’s channel', () => {
  it('is kept by its shortcut, as people read it, and the answer is theirs alone', async () => {
    const ts = say('U0BEN', 'the <replica> & <@U0ANA>');
    const use = { user: 'U0CAT', channel: stage.channel, ts, callbackId: 'timeline.keep' };
    expect(await stage.slack.act.useShortcut(use)).toEqual({ ok: true });
    expect(kept()).toEqual([{ channel: stage.channel, ts, text: 'the <replica> & @ana', who: 'ben' }]);
    await stage.message('U0CAT', stage.channel, /It is kept/);
    expect(stage.slack.seen('U0ANA', stage.channel).some(({ text }) => text.includes('It is kept'))).toBe(false);
  });

  it('is kept by 📌, in a thread too, and taken out with the last pin', async () => {
    const root = say('U0ANA', 'root of a thread');
    for (let index = 0; index < 12; index += 1) say('U0ANA', `reply ${index}`, root);
    const reply = say('U0DOV', 'reply that matters', root);
    stage.slack.act.react(pin('U0BEN', reply));
    stage.slack.act.react(pin('U0CAT', reply));
    await stage.did('keep', 3);
    expect(kept().slice(1)).toEqual([
      { channel: stage.channel, ts: reply, text: 'reply that matters', who: 'dov' },
      { channel: stage.channel, ts: reply, text: 'reply that matters', who: 'dov' },
    ]);
    stage.slack.act.undoReaction(pin('U0BEN', reply));
    await settled();
    expect(stage.asked.filter(([what]) => what === 'unkeep')).toEqual([]);
    stage.slack.act.undoReaction(pin('U0CAT', reply));
    expect(await stage.did('unkeep')).toEqual([{ channel: stage.channel, ts: reply }]);
  });

  it('is followed when it is edited or deleted, also where only a stone is left', async () => {
    const { act } = stage.slack;
    const ts = say('U0ANA', 'it began at two');
    act.editMessage({ user: 'U0ANA', channel: stage.channel, ts, text: 'it began at 3 < 4' });
    await settled();
    expect(await stage.did('edited')).toContainEqual({ channel: stage.channel, ts, text: 'it began at 3 < 4' });
    act.deleteMessage({ user: 'U0ANA', channel: stage.channel, ts });
    const rooted = say('U0ANA', 'with a reply');
    say('U0BEN', 'below', rooted);
    act.deleteMessage({ user: 'U0ANA', channel: stage.channel, ts: rooted });
    expect(await stage.did('deleted', 2)).toEqual([
      { channel: stage.channel, ts },
      { channel: stage.channel, ts: rooted },
    ]);
  });

  it('is kept of nobody without a role, who is told so in one sentence', async () => {
    const ts = say('U0BEN', 'not for outsiders');
    const before = kept().length;
    stage.slack.act.react(pin('U0OUTSIDER', ts));
    await stage.message('U0OUTSIDER', stage.channel, /Only a responder may write/);
    expect(kept()).toHaveLength(before);
  });

  it('is not kept when it is Muster’s own, when it is gone, or when another emoji is on it', async () => {
    const before = kept().length;
    await stage.say('U0ANA', 'snooze');
    const { courier } = stage.edge;
    const notice: Notice = { kind: 'sentence', text: 'Muster speaks.', mention: [] };
    await courier.deliver(
      { to: 'slack', do: 'post', place: { in: 'channel', name: '#incidents' }, notice },
      'own',
      false,
    );
    const own = await stage.message('U0ANA', stage.channel, /Muster speaks/);
    stage.slack.act.react(pin('U0ANA', own.ts));
    const use = { user: 'U0ANA', channel: stage.channel, ts: own.ts, callbackId: 'timeline.keep' };
    await stage.slack.act.useShortcut(use);
    await stage.message('U0ANA', stage.channel, /in the timeline by itself/);
    const other = say('U0BEN', 'only liked');
    stage.slack.act.react({ ...pin('U0ANA', other), name: 'eyes' });
    const gone = say('U0BEN', 'soon gone');
    stage.slack.faults.slowMs = 300;
    stage.slack.act.react(pin('U0ANA', gone));
    stage.slack.act.deleteMessage({ user: 'U0BEN', channel: stage.channel, ts: gone });
    stage.slack.faults.slowMs = 0;
    await settled();
    expect(kept()).toHaveLength(before);
  });

  it('is kept when Slack is limited, or answers late', async () => {
    const ts = say('U0BEN', 'in the storm');
    stage.slack.faults.lose = { times: 1, of: 'conversations.replies' };
    stage.slack.act.react(pin('U0ANA', ts));
    await until(async () => JSON.stringify(kept()).includes('in the storm'), 'it is kept', 15);
  });
});

describe('a message anywhere else', () => {
  it('is nobody’s business, and the shortcut says so', async () => {
    const random = [...stage.slack.workspace.channels.values()].find(({ name }) => name === 'random');
    if (!random) throw new Error('no #random');
    random.members.add(stage.slack.workspace.bot.user);
    const before = kept().length;
    const { ts } = stage.slack.act.sendMessage({ user: 'U0ANA', channel: random.id, text: 'lunch?' });
    stage.slack.act.react(pin('U0ANA', ts, random.id));
    await stage.slack.act.useShortcut({ user: 'U0ANA', channel: random.id, ts, callbackId: 'timeline.keep' });
    await stage.message('U0ANA', random.id, /not an incident’s channel/);
    await settled();
    expect(kept()).toHaveLength(before);
    expect(stage.slack.seen('U0ANA', random.id)).toHaveLength(2);
  });

  it('left nothing that Slack refused', () => {
    const refused = stage.slack.workspace.refused.filter(({ error }) => error !== 'thread_not_found');
    expect(refused).toEqual([]);
  });
});
