import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Ground, makeGround } from './ground.ts';

let ground: Ground;
beforeEach(async () => {
  ground = await makeGround();
});
afterEach(() => ground.close());

const name = 'api.dr.example.com';

describe('tls.check-certificate', () => {
  const act = () => ground.action('tls.check-certificate');

  it('passes a certificate that is good for long enough', async () => {
    expect((await act().plan({ name }, ground.ctx())).checks).toMatchObject([{ verdict: 'pass' }]);
    expect(await act().observe({ name }, {}, ground.ctx())).toMatchObject({
      state: 'done',
      output: { days_left: 200 },
    });
  });

  it.each([
    [{ days: 10 }, /sooner than in 14d/],
    [{ days: -1 }, /it ended at/],
    [{ problem: 'other-name' as const }, /it is for another name/],
    [{ problem: 'untrusted' as const }, /it is not trusted/],
  ])('fails %j', async (wrong, why) => {
    ground.world.setFault({ kind: 'certificate', name, ...wrong });
    expect((await act().plan({ name }, ground.ctx())).checks).toMatchObject([{ verdict: 'fail' }]);
    const seen = await act().observe({ name }, {}, ground.ctx());
    expect(seen).toMatchObject({ state: 'failed', why: expect.stringMatching(why) });
  });

  it('asks the standby load balancer before traffic goes there, and knows nothing of a dark Region', async () => {
    const standby = { name, at: 'dr-alb.us-west-2.elb.amazonaws.com' };
    ground.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    expect(await act().observe({ name }, {}, ground.ctx())).toMatchObject({ state: 'unknown' });
    expect((await act().plan({ name }, ground.ctx())).checks).toMatchObject([{ verdict: 'unknown' }]);
    expect(await act().observe(standby, {}, ground.ctx())).toMatchObject({ state: 'done' });
  });
});

describe('http.check', () => {
  const input = { url: `https://${name}/health`, within: '2s' };

  it('is done when the answers are fast enough, and waits while they are not', async () => {
    const act = ground.action('http.check');
    ground.world.setFault({ kind: 'address-slow', host: name, ms: 2_400 });
    expect(await act.observe(input, {}, ground.ctx())).toMatchObject({
      state: 'working',
      progress: 'answered 200, but took 2400 ms, expected at most 2s',
    });
    expect(await act.observe({ url: input.url }, {}, ground.ctx())).toMatchObject({ state: 'done' });
    ground.world.clearFaults();
    const seen = await act.observe(input, {}, ground.ctx());
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    expect(Number(seen.output.p95_ms)).toBeLessThanOrEqual(2_000);
  });
});
