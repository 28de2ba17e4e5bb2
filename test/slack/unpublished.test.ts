import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({}, 60);
});
afterAll(() => bench.close());

describe('an incident that is resolved before anything was published', () => {
  it('says so where it is resolved, at its draft, when publishing is asked for, and where it is closed', async () => {
    await bench.say('U0ANA', 'declare Checkout fails');
    const view = await bench.modal('U0ANA', /Checkout fails/);
    await bench.slack.act.submitView({ user: 'U0ANA', viewId: view.id, values: { services: ['api'] } });
    const channel = 'inc-1-checkout-fails';
    await bench.message('U0ANA', '#incidents', /P1 declared/);
    const draft = await bench.message('U0CAT', channel, /Public words for INC-1/);
    await bench.say('U0ANA', 'resolve', channel);
    const answer = await bench.message('U0ANA', channel, /is resolved:/);
    expect(answer.text).toContain('Nothing was published on the status page');
    const after = await bench.message('U0CAT', channel, /🔕 Nothing was published/);
    expect(after.ts).toBe(draft.ts);
    expect(JSON.stringify(after.blocks)).not.toContain('"type":"button"');
    await bench.say('U0CAT', 'publish', channel);
    const refused = await bench.modal('U0CAT', /INC-1 is resolved/);
    expect(refused.body.submit).toBeUndefined();
    await bench.message('U0ANA', '#incidents', /INC-1\*? Checkout fails is resolved, /);
    await bench.say('U0ANA', 'close', channel);
    const closed = await bench.message('U0ANA', channel, /INC-1 is closed\./);
    expect(closed.text).toContain('⚠️ Customers and the public have been told nothing of it.');
  });
});
