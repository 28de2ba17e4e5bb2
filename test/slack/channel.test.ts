import { describe, expect, it } from '@jest/globals';
import { incidents, named, open, placeOf, sentence, startCourier } from './courier-stage.ts';

describe('an incident’s channel that is there', () => {
  it('lets in who was assigned since, and says the severity of now, without doing anything twice', async () => {
    const { slack, courier, incident, members } = await startCourier();
    incident.channel = placeOf(await courier.deliver(open, 'open:7', false)).channel;
    const [channel] = named(slack, 'inc-7');
    const topics = () => slack.workspace.called.filter(({ method }) => method === 'conversations.setTopic').length;
    const ana = slack.workspace.users.get('U0ANA');
    if (ana) slack.workspace.users.set('U0HAL', { ...ana, id: 'U0HAL' });
    members.push({ person: 'U0HAL', slack: 'U0HAL' });
    expect(channel?.members.has('U0HAL')).toBe(false);
    expect(await courier.deliver(open, 'open:7:again', false)).toMatchObject({ receipt: { channel: channel?.id } });
    expect(channel?.members.has('U0HAL')).toBe(true);
    expect(topics()).toBe(1);
    incident.severity = 'P2';
    await courier.deliver(open, 'open:7:once more', false);
    expect(channel?.topic).toContain('INC-7 · P2');
    expect(named(slack, 'inc-7')).toHaveLength(1);
    expect(channel?.messages.map(({ text }) => text)).toEqual([]);
  });

  it('names whom Slack does not let in, each once', async () => {
    const { slack, courier, incident, members } = await startCourier();
    incident.channel = placeOf(await courier.deliver(open, 'open:7', false)).channel;
    members.push({ person: 'U0GONE', slack: 'U0GONE' });
    for (const key of ['a', 'b']) await courier.deliver(open, key, false);
    members.push({ person: 'U0AWAY', slack: 'U0AWAY' });
    await courier.deliver(open, 'c', false);
    const said = named(slack, 'inc-7')[0]?.messages.map(({ text }) => text);
    expect(said).toEqual([expect.stringContaining('U0GONE'), expect.stringContaining('U0AWAY')]);
  });
});

describe('words below others', () => {
  const below = { ...incidents, under: 'announced:7' };

  it('are in their thread, once, whichever answer was lost', async () => {
    const { slack, courier } = await startCourier();
    await courier.deliver(sentence('It began.', incidents), 'announced:7', false);
    slack.faults.lose = { times: 1, of: 'chat.postMessage' };
    const over = sentence('It is over.', below);
    expect(await courier.deliver(over, 'announced:7:resolved', false)).toMatchObject({ state: 'later' });
    expect(await courier.deliver(over, 'announced:7:resolved', true)).toMatchObject({ state: 'sent' });
    const [began, end, ...more] = slack.seen('U0ANA', '#incidents');
    expect([began?.text, end?.text, end?.thread_ts, more]).toEqual(['It began.', 'It is over.', began?.ts, []]);
  });

  it('are in the channel when those were deleted', async () => {
    const { slack, courier } = await startCourier();
    expect(await courier.deliver(sentence('It is over.', below), 'announced:7:resolved', false)).toMatchObject({
      state: 'sent',
    });
    expect(slack.seen('U0ANA', '#incidents').map(({ thread_ts: thread }) => thread)).toEqual([undefined]);
  });
});
