import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock/system-clock.ts';
import type { Home } from '../../src/domain/home.ts';
import type { Clock } from '../../src/domain/ports/clock.ts';
import { until } from '../support/simulated-muster.ts';
import { type Bench, startBench } from './bench.ts';

const group = 'S0ONCALL';
const channel = 'inc-1-checkout-fails';

function onCall(home: Home): Home {
  return { ...home, roles: { ...home.roles, responders: ['ana', `group:${group}`] } };
}

/** The Slack edge's own time, which a test moves on: what is believed for a while is believed no more. */
let laterBy = 0;
const real: Clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + laterBy) };

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ real }, 1, false, { changeHome: onCall });
  bench.slack.workspace.groups.set(group, { id: group, handle: 'oncall', name: 'On call', users: ['U0DOV'] });
  await bench.muster.incidents.declare(
    { title: 'Checkout fails', severity: 'P1', services: ['api'], impactBeganAt: real.now(), requestKey: 'one' },
    { name: 'ana', slack: 'U0ANA', door: 'slack' },
  );
  const all = () => [...bench.slack.workspace.channels.values()];
  const opened = await until(async () => all().find(({ name }) => name === channel), 'the channel', 60);
  opened.members.add('U0DOV').add('U0OUTSIDER');
  await bench.message('U0ANA', channel, /"incident\.acknowledge"/);
});
afterAll(() => bench.close());

const said = (user: string, words: RegExp) =>
  until(
    async () => bench.slack.seen(user, channel).findLast((message) => words.test(JSON.stringify(message))),
    `${words} in front of ${user}`,
    90,
  );

async function acknowledge(user: string): Promise<void> {
  const header = await said(user, /"incident\.acknowledge"/);
  await bench.slack.act.click({ user, channel, ts: header.ts, actionId: 'incident.acknowledge' });
}

const acknowledgedBy = async (): Promise<string | null> => {
  const { acknowledged } = await bench.muster.incidents.view(1);
  return acknowledged?.by ?? null;
};

it('whoever has left the group is refused, and whoever has joined it may', async () => {
  Object.assign(bench.slack.workspace.groups.get(group) ?? {}, { users: ['U0OUTSIDER'] });
  laterBy += 31_000;
  await said('U0DOV', /dov is not one of the .*group S0ONCALL in Slack/);
  await acknowledge('U0DOV');
  await said('U0DOV', /Only a responder or a commander may acknowledge/);
  expect(await acknowledgedBy()).toBeNull();
  await said('U0ANA', /one of the responders of INC-1\. /);
  await acknowledge('U0OUTSIDER');
  await said('U0OUTSIDER', /You have INC-1 now/);
  expect(await acknowledgedBy()).toBe('U0OUTSIDER');
});

it('whoever held a role by a group that Slack does not give holds it still', async () => {
  bench.slack.workspace.groups.delete(group);
  laterBy += 31_000;
  const asks = () => bench.slack.workspace.refused.filter(({ where }) => where.includes('usergroups')).length;
  const before = asks();
  await until(async () => asks() > before, 'the group to be asked for', 90);
  await bench.say('U0OUTSIDER', 'ack', channel);
  await said('U0OUTSIDER', /You have INC-1 since .* already/);
});
