import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock/system-clock.ts';
import { startSlack } from '../../src/slack/start.ts';
import { until } from '../support/simulated-muster.ts';
import { type Bench, edgeOptions, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({}, 60);
});
afterAll(() => bench.close());

/** Another edge before the same Muster, whose incidents take `ms` to answer. */
async function slowEdge(ms: number) {
  const { incidents } = bench.muster;
  const slow = {
    ...incidents,
    declare: async (...ask: Parameters<typeof incidents.declare>) => {
      await systemClock.sleep(ms);
      return incidents.declare(...ask);
    },
    list: async () => {
      await systemClock.sleep(ms);
      return incidents.list();
    },
  };
  const edge = await startSlack({
    ...edgeOptions(bench.muster, bench.slack, false),
    useCases: { ...bench.muster, incidents: slow },
  });
  bench.slack.deliverTo(`http://127.0.0.1:${edge.port}/slack/events`);
  return edge;
}

describe('a store that is slower than Slack waits', () => {
  it('never lets a form say that it is done before it is', async () => {
    const edge = await slowEdge(3_500);
    await bench.say('U0ANA', 'declare Slow');
    const view = await bench.modal('U0ANA', /What is wrong/);
    const shown = await bench.slack.act.submitView({ user: 'U0ANA', viewId: view.id, values: { services: ['api'] } });
    expect(shown).toMatchObject({ state: 'updated' });
    await bench.modal('U0ANA', /Nothing is known of its outcome yet/);
    await bench.modal('U0ANA', /INC-1 is declared/);
    expect(await bench.muster.incidents.open()).toHaveLength(1);
    await edge.stop();
  });

  it('keeps a stop waiting for the answers that are due', async () => {
    const edge = await slowEdge(500);
    await bench.say('U0BEN', 'list');
    await edge.stop();
    expect(
      bench.slack
        .seen('U0BEN', '#general')
        .map(({ text }) => text)
        .join(),
    ).toContain('INC-1');
  });

  it('tells the person when the store fails, and not why', async () => {
    const { incidents } = bench.muster;
    const broken = {
      ...incidents,
      list: () => Promise.reject(new Error('password authentication failed for user "muster"')),
    };
    const edge = await startSlack({
      ...edgeOptions(bench.muster, bench.slack, false),
      useCases: { ...bench.muster, incidents: broken },
    });
    bench.slack.deliverTo(`http://127.0.0.1:${edge.port}/slack/events`);
    await bench.say('U0CAT', 'list');
    const told = await until(async () => bench.slack.seen('U0CAT', '#general').at(-1), 'an answer');
    expect(told.text).toMatch(/could not finish this/);
    expect(told.text).not.toContain('password');
    await edge.stop();
  });
});
