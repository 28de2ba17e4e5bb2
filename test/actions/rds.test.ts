import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ActionPlan, Check } from '../../src/domain/action.ts';
import type { Json } from '../../src/domain/json.ts';
import { type Ground, makeGround } from './ground.ts';

let ground: Ground;
beforeEach(async () => {
  ground = await makeGround();
});
afterEach(() => ground.close());

const replica = { region: 'us-west-2', instance: 'dr-database' };
const asked = { ...replica, max_lag: '15m' };

function check(plan: ActionPlan, id: string): Check {
  const found = plan.checks.find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
}

const instant = (text: Json | undefined): number => new Date(z.iso.datetime().parse(text)).getTime();

describe('rds.check-replica', () => {
  it('fails a graceful run on a lag over the limit, and names the other consent', async () => {
    ground.world.setFault({ kind: 'replica-lag', ...replica, seconds: 1_240 });
    await ground.clock.sleep(6 * 60_000);
    const plan = await ground.action('rds.check-replica').plan(asked, ground.ctx());
    expect(check(plan, 'lag')).toMatchObject({ verdict: 'fail', carry: 'ungraceful', expected: 'at most 15m' });
    expect(check(plan, 'lag').found).toMatch(/^124\d s at 2026-03-01T12:\d\d:00Z; .*run ungraceful instead$/);
    expect(plan.dataAtRisk?.seconds).toBeGreaterThanOrEqual(1_240);
    const seen = await ground.action('rds.check-replica').observe(asked, {}, ground.ctx());
    expect(seen.state).toBe('working');
  });

  it('takes the last reading before the impact for an ungraceful run, though the lag grows afterwards', async () => {
    await ground.clock.sleep(30_000);
    const impactBeganAt = ground.clock.now();
    ground.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await ground.clock.sleep(40 * 60_000);
    const graceful = await ground.action('rds.check-replica').plan(asked, ground.ctx({ impactBeganAt }));
    expect(check(graceful, 'lag').verdict).toBe('fail');
    const ctx = ground.ctx({ impactBeganAt, mode: 'ungraceful' });
    const plan = await ground.action('rds.check-replica').plan(asked, ctx);
    expect(plan.checks.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', 'pass']);
    const seen = await ground.action('rds.check-replica').observe(asked, {}, ctx);
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    expect(instant(seen.output.read_at)).toBeLessThan(impactBeganAt.getTime());
    expect(plan.dataAtRisk?.seconds).toBeGreaterThan(Number(seen.output.lag_seconds));
    expect(plan.dataAtRisk?.explain).toContain('until the impact began');
  });

  it.each(['garbage', 'error'] as const)(
    'does not take %s of the metric for no lag, whatever is consented to',
    async (fails) => {
      ground.world.setFault({ kind: 'call', service: 'cloudwatch', fails });
      const ctx = ground.ctx({ mode: 'ungraceful' });
      expect(await ground.action('rds.check-replica').observe(asked, {}, ctx)).toMatchObject({ state: 'unknown' });
      const plan = await ground.action('rds.check-replica').plan(asked, ctx);
      expect(check(plan, 'lag')).toMatchObject({ verdict: 'unknown' });
      expect(plan.dataAtRisk?.seconds).toBeNull();
    },
  );

  it('does not know the lag when nobody measured it', async () => {
    const ctx = ground.ctx({ mode: 'ungraceful', impactBeganAt: new Date('2026-01-01T00:00:00Z') });
    const plan = await ground.action('rds.check-replica').plan(asked, ctx);
    expect(check(plan, 'lag')).toMatchObject({ verdict: 'unknown', carry: 'ungraceful' });
    expect(plan.dataAtRisk).toMatchObject({ seconds: null });
  });

  it('fails on broken replication, and on what is no replica or not there', async () => {
    const act = ground.action('rds.check-replica');
    const primary = await act.plan({ ...asked, region: 'us-east-1', instance: 'prod-database' }, ground.ctx());
    expect(check(primary, 'replica')).toMatchObject({ verdict: 'fail', carry: 'never' });
    const nowhere = await act.plan({ ...asked, instance: 'gone' }, ground.ctx());
    expect(check(nowhere, 'instance')).toMatchObject({
      verdict: 'fail',
      found: 'There is no DB instance gone in us-west-2.',
    });
    ground.world.setFault({ kind: 'replication-broken', ...replica });
    await ground.clock.sleep(6 * 60_000);
    const broken = await act.plan(asked, ground.ctx());
    expect(check(broken, 'replication')).toMatchObject({ verdict: 'fail', carry: 'ungraceful' });
  });
});

describe('rds.promote-read-replica', () => {
  it('says when the newest kept write was, never later than the reading', async () => {
    const act = ground.action('rds.promote-read-replica');
    const captured = await act.capture(replica, ground.ctx());
    const receipt = await act.apply(replica, 'token', captured, ground.ctx());
    let seen = await act.observe(replica, receipt, ground.ctx());
    while (seen.state === 'working') {
      await ground.clock.sleep(seen.againInMs);
      seen = await act.observe(replica, receipt, ground.ctx());
    }
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    const { endpoint, last_replicated_at: kept, promoted_at: promoted } = seen.output;
    expect(endpoint).toMatch(/^dr-database\..*us-west-2\.rds\.amazonaws\.com:5432$/);
    const lag = Number(captured.lag_seconds) * 1_000;
    expect(instant(kept)).toBe(instant(captured.lag_read_at) - lag);
    expect(instant(kept)).toBeLessThan(instant(promoted));
  });

  it('takes a standalone instance for its own work only by its own mark', async () => {
    const act = ground.action('rds.promote-read-replica');
    const mine = ground.ctx({ owner: 'run_mine/promote' });
    const captured = await act.capture(replica, mine);
    await act.apply(replica, 'token', captured, mine);
    await ground.clock.sleep(3_600_000);
    expect((await act.plan(replica, mine)).noChange).toBe(true);
    const theirs = ground.ctx({ owner: 'run_theirs/promote' });
    const plan = await act.plan(replica, theirs);
    expect(plan.noChange).toBe(false);
    expect(check(plan, 'replica')).toMatchObject({ verdict: 'fail', carry: 'never' });
    expect(check(plan, 'replica').found).toContain('promoted by run_mine/promote');
    expect(await act.lookup(replica, 'token', captured, theirs)).toMatchObject({ happened: 'unknowable' });
  });

  it('sees a promotion that fails, and goes on waiting for one that never ends', async () => {
    const act = ground.action('rds.promote-read-replica');
    const receipt = await act.apply(replica, 'token', await act.capture(replica, ground.ctx()), ground.ctx());
    ground.world.setFault({ kind: 'promotion-never-ends', ...replica });
    await ground.clock.sleep(3_600_000);
    expect(await act.observe(replica, receipt, ground.ctx())).toMatchObject({ state: 'working' });
    ground.world.clearFaults();
    ground.world.setFault({ kind: 'database-status', ...replica, status: 'storage-full' });
    expect(await act.observe(replica, receipt, ground.ctx())).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('storage-full'),
    });
  });

  it('is not planned while the replica is backing up', async () => {
    ground.world.setFault({ kind: 'database-status', ...replica, status: 'backing-up' });
    const plan = await ground.action('rds.promote-read-replica').plan(replica, ground.ctx());
    expect(check(plan, 'instance')).toMatchObject({ verdict: 'fail', found: 'status backing-up' });
  });
});
