import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { User } from '../../sandbox/slack/workspace.ts';
import type { Home } from '../../src/domain/home.ts';
import { until } from '../support/simulated-muster.ts';
import { type Bench, startBench } from './bench.ts';

/** Named in muster.yml in every role, by name and by group; only what Slack says of them sets them apart. */
const outsiders: Record<string, { id: string; is: Partial<User>; told: RegExp }> = {
  gus: { id: 'U0GUS', is: { guest: 'many-channels' }, told: /You are a guest of this workspace/ },
  una: { id: 'U0UNA', is: { guest: 'one-channel' }, told: /You are a guest of this workspace/ },
  bob: { id: 'U0BOB', is: { is_bot: true }, told: /You are a bot/ },
  ida: { id: 'U0IDA', is: { gone: true }, told: /Your account in this workspace is deactivated/ },
  ext: { id: 'U0EXT', is: { team: 'T0OTHER' }, told: /You belong to another workspace/ },
};
const ids = Object.values(outsiders).map(({ id }) => id);

function withOutsiders(home: Home): Home {
  const people = Object.fromEntries(Object.entries(outsiders).map(([name, { id }]) => [name, { slack: id }]));
  const names = [...Object.keys(outsiders), 'group:S0ALL'];
  const roles = Object.fromEntries(Object.entries(home.roles).map(([role, members]) => [role, [...members, ...names]]));
  return { ...home, people: { ...home.people, ...people }, roles: roles as Home['roles'] };
}

let bench: Bench;
let channel = '';
beforeAll(async () => {
  bench = await startBench({}, 60, false, { changeHome: withOutsiders });
  const { users, groups } = bench.slack.workspace;
  for (const { id, is } of Object.values(outsiders)) Object.assign(users.get(id) ?? {}, is);
  Object.assign(groups.get('S0ALL') ?? {}, { users: [...ids, 'U0ANA', 'U0BEN'] });
  await bench.say('U0ANA', 'declare Checkout fails');
  const form = await bench.modal('U0ANA', /What is wrong/);
  await bench.slack.act.submitView({ user: 'U0ANA', viewId: form.id, values: { services: ['api'] } });
  channel = 'inc-1-checkout-fails';
  const opened = () => [...bench.slack.workspace.channels.values()].some(({ name }) => name === channel);
  await until(async () => opened(), 'the channel');
  await bench.message('U0ANA', channel, /INC-1/);
  for (const { members } of [...bench.slack.workspace.channels.values()].filter(({ name }) => name === channel))
    for (const id of ids) members.add(id);
});
afterAll(() => bench.close());

const told = (user: string, words: RegExp): Promise<string> =>
  until(
    async () => [...bench.slack.seen(user, channel)].map(({ text }) => text).findLast((text) => words.test(text)),
    `${user} to be told ${words}`,
    20,
  );

describe.each(Object.entries(outsiders))('%s, whom muster.yml names in every role', (name, { id, told: words }) => {
  it('is refused every word in one sentence that says who may, and nothing happens', async () => {
    const before = (await bench.muster.incidents.timeline.list(1, { name: 'ana', slack: 'U0ANA', door: 'slack' }))
      .length;
    for (const word of ['declare Mine', 'list', 'status', 'help', 'plan failover', 'failover', 'resolve', 'timeline x'])
      await bench.say(id, word, channel);
    expect(await told(id, words)).toMatch(
      /Only its full members may use Muster: ask one of them\. Nothing has been done/,
    );
    await until(
      async () => bench.slack.seen(id, channel).filter(({ text }) => words.test(text)).length === 8,
      'an answer to each',
    );
    expect(bench.slack.modalOf(id)).toBeUndefined();
    expect((await bench.muster.incidents.open()).map(({ phase }) => phase)).toHaveLength(1);
    const after = await bench.muster.incidents.timeline.list(1, { name: 'ana', slack: 'U0ANA', door: 'slack' });
    expect(after).toHaveLength(before);
  });

  it('presses a button, and is refused', async () => {
    const header = await bench.message(id, channel, /"incident\.acknowledge"/);
    const count = (): number => bench.slack.seen(id, channel).filter(({ text }) => words.test(text)).length;
    const before = count();
    const pressed = { user: id, channel, ts: header.ts, actionId: 'incident.acknowledge' };
    expect(await bench.slack.act.click(pressed)).toEqual({ ok: true });
    await until(async () => count() > before, 'a refusal');
  });

  it('is given no role by a commander', async () => {
    await bench.say('U0ANA', `assign commander <@${id}>`, channel);
    const refused = new RegExp(`${name} (is|has|belongs) .*: only a full member of this workspace can hold a role`);
    await bench.message('U0ANA', channel, refused);
  });
});

it('counts nobody of them as a member of a group', async () => {
  expect(await bench.edge.groups('S0ALL')).toEqual(['U0ANA', 'U0BEN']);
});

it('still does what a member asks', async () => {
  await bench.say('U0BEN', 'status', channel);
  await bench.message('U0BEN', channel, /Checkout fails/);
});
