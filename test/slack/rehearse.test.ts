import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/simulated-muster.ts';
import { type Bench, startBench } from './bench.ts';

const takesNothing =
  /\/dr rehearse stop ends the one that is under way, and takes nothing more\. Nothing has been stopped/;

describe('/dr rehearse', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ simulated: false }, 60);
  });
  afterAll(() => bench.close());

  it('says at once that nothing real is touched, then what came of it with the report, where it was asked', async () => {
    await bench.say('U0DOV', 'rehearse failover dark tasks=6', '#incidents');
    const begun = await bench.message('U0ANA', '#incidents', /Rehearsal of failover started: nothing real is touched/);
    expect(JSON.stringify(begun)).toContain('REHEARSAL');
    await bench.say('U0ANA', 'rehearse failover');
    await bench.message('U0ANA', '#general', /dov rehearses failover since/);
    const over = /In rehearsal, failover succeeded with exceptions/;
    await until(
      async () => bench.slack.seen('U0BEN', '#incidents').some((message) => over.test(JSON.stringify(message))),
      'the end of the rehearsal',
      120,
    );
    const end = await bench.message('U0BEN', '#incidents', over);
    expect(end.text).toMatch(/REHEARSAL/);
    const shared = () => JSON.stringify([...bench.slack.workspace.channels.values()]);
    await until(async () => /rehearsal-failover-.*\.md/.test(shared()), 'the report', 20);
    expect(bench.slack.workspace.pings).toEqual([]);
    expect(await bench.muster.incidents.list()).toEqual([]);
  });

  it.each([
    ['rehearse', /Name the command: \/dr rehearse NAME\. Commands: failover, restart-service/],
    ['rehearse failovr', /There is no command failovr: did you mean failover\?/],
    ['rehearse failover promotion-fail', /promotion-fail: did you mean promotion-fails\?/],
    ['rehearse stop', /No rehearsal is under way/],
    ['rehearse stop failover', takesNothing],
  ])('%s is refused in one sentence', async (typed, sentence) => {
    await bench.say('U0DOV', typed);
    await bench.message('U0DOV', '#general', sentence);
  });

  it('is not for people without a role', async () => {
    await bench.say('U0OUTSIDER', 'rehearse failover');
    await bench.message('U0OUTSIDER', '#general', /Only a responder.* of muster\.yml may rehearse/);
  });

  it('may be stopped by anybody who may begin one', async () => {
    await bench.say('U0DOV', 'rehearse failover', '#incidents');
    await bench.message('U0DOV', '#incidents', /It is graceful/);
    await bench.say('U0BEN', 'rehearse stop restart-service');
    await bench.message('U0BEN', '#general', takesNothing);
    await bench.say('U0BEN', 'rehearse stop');
    await bench.message('U0BEN', '#general', /was stopped by .*, without an outcome/);
    await bench.message('U0DOV', '#incidents', /was stopped by ben, without an outcome/);
  });

  it('left nothing that Slack refused', () => {
    expect(bench.slack.workspace.refused).toEqual([]);
  });
});
