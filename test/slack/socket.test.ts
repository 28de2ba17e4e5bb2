import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/simulated-muster.ts';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({}, 60, true);
});
afterAll(() => bench.close());

const opened = (): number =>
  bench.slack.workspace.called.filter(({ method }) => method === 'apps.connections.open').length;

describe('Socket Mode', () => {
  it('takes commands and forms', async () => {
    await bench.say('U0ANA', 'declare Checkout fails');
    const view = await bench.modal('U0ANA', /What is wrong/);
    const done = await bench.slack.act.submitView({ user: 'U0ANA', viewId: view.id, values: { services: ['api'] } });
    expect(done).toEqual({ state: 'closed' });
  });

  it('takes them again after Slack has closed the socket, or lost it', async () => {
    for (const close of [() => bench.slack.socket.disconnect('refresh_requested'), () => bench.slack.socket.drop()]) {
      const before = opened();
      close();
      await until(async () => opened() > before && bench.slack.socket.connections() === 1, 'the socket is open again');
      await until(async () => bench.edge.health().ok, 'health says so');
      await bench.say('U0BEN', 'list');
    }
    await until(async () => bench.slack.seen('U0BEN', '#general').length === 2, 'two answers');
  });
});
