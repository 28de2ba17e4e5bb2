import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({}, 60);
});
afterAll(() => bench.close());

async function declareByForm(title: string): Promise<void> {
  await bench.say('U0ANA', `declare ${title}`);
  const view = await bench.modal('U0ANA', new RegExp(title));
  await bench.slack.act.submitView({ user: 'U0ANA', viewId: view.id, values: { services: ['api'] } });
}

describe('a command outside every incident', () => {
  it('declares one first when none is open, in the same form', async () => {
    await bench.say('U0ANA', 'plan failover');
    const first = await bench.modal('U0ANA', /No incident is open/);
    const values = { title: 'First', services: ['api'], severity: 'P1' };
    const shown = await bench.slack.act.submitView({ user: 'U0ANA', viewId: first.id, values });
    expect(shown).toMatchObject({ state: 'updated' });
    const plan = await bench.modal('U0ANA', /What changes/);
    expect(plan.id).toBe(first.id);
    expect(plan.body.submit).toBeUndefined();
  });

  it('reads the state again when another mode is chosen', async () => {
    const graceful = await bench.modal('U0ANA', /form\.mode/);
    const code = /code `(\w{6})`/.exec(JSON.stringify(graceful.body))?.[1];
    await bench.slack.act.selectOption({
      user: 'U0ANA',
      viewId: graceful.id,
      actionId: 'form.mode',
      option: 'ungraceful',
    });
    const ungraceful = await bench.modal('U0ANA', /· ungraceful ·/);
    expect(code).toMatch(/^\w{6}$/);
    expect(JSON.stringify(ungraceful.body)).not.toContain(`code \`${code}\``);
  });

  it('asks for which when several are open', async () => {
    await declareByForm('Second');
    await bench.message('U0ANA', '#incidents', /INC-2/);
    await bench.say('U0ANA', 'status');
    await bench.message('U0ANA', '#general', /Several are open/);
    await bench.say('U0ANA', 'failover');
    const asking = await bench.modal('U0ANA', /For which one/);
    await bench.slack.act.selectOption({ user: 'U0ANA', viewId: asking.id, actionId: 'form.incident', option: '2' });
    await bench.modal('U0ANA', /"\/dr failover".*Type FAILOVER to ask/);
    await bench.say('U0ANA', 'status INC-2');
    await bench.message('U0ANA', '#general', /INC-2 · .*Second/);
  });
});

describe('a request that nobody approves', () => {
  it('goes ahead when a commander breaks the glass with a reason', async () => {
    const view = await bench.modal('U0ANA', /Type FAILOVER to ask/);
    await bench.slack.act.submitView({ user: 'U0ANA', viewId: view.id, values: { phrase: 'FAILOVER' } });
    const channel = 'inc-2-second';
    const consent = await bench.message('U0ANA', channel, /"consent\.break-glass"/);
    const use = { user: 'U0ANA', channel, ts: consent.ts, actionId: 'consent.break-glass' };
    await bench.slack.act.click(use);
    const asking = await bench.modal('U0ANA', /Why can it not wait/);
    const done = await bench.slack.act.submitView({
      user: 'U0ANA',
      viewId: asking.id,
      values: { reason: 'Nobody answers' },
    });
    expect(done).toEqual({ state: 'closed' });
    await bench.message('U0ANA', channel, /Glass broken.*Nobody answers/);
  });

  it('can be paused, resumed and aborted by its buttons', async () => {
    const channel = 'inc-2-second';
    const running = await bench.message('U0BEN', channel, /"run\.pause"/);
    await bench.slack.act.click({ user: 'U0BEN', channel, ts: running.ts, actionId: 'run.pause' });
    const paused = await bench.message('U0ANA', channel, /"run\.resume"/);
    await bench.slack.act.click({ user: 'U0ANA', channel, ts: paused.ts, actionId: 'run.resume' });
    const again = await bench.message('U0ANA', channel, /"run\.pause"/);
    await bench.slack.act.click({ user: 'U0ANA', channel, ts: again.ts, actionId: 'run.abort' });
    await bench.message('U0ANA', channel, /⏹️ Abort/);
  });

  it('left nothing that Slack refused', () => {
    expect(bench.slack.workspace.refused).toEqual([]);
  });
});
