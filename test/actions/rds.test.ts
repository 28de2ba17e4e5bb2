import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ActionPlan, Check } from '../../src/domain/action.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
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

async function promoteAs(owner: string): Promise<JsonObject> {
  const act = ground.action('rds.promote-read-replica');
  const captured = await act.capture(replica, ground.ctx({ owner }));
  await act.apply(replica, 'token', captured, ground.ctx({ owner }));
  await ground.clock.sleep(3_600_000);
  return captured;
}

describe('rds.check-replica', () => {
  it('fails a graceful run on a lag over the limit, and names the other consent', async () => {
    ground.world.setFault({ kind: 'replica-lag', ...replica, seconds: 1_240 });
    await ground.clock.sleep(6 * 60_000);
    const plan = await ground.action('rds.check-replica').plan(asked, ground.ctx());
    expect(check(plan, 'lag')).toMatchObject({ verdict: 'fail', carry: 'ungraceful', expected: 'at most 15m' });
    expect(check(plan, 'lag').found).toMatch(/^124\d s at 2026-03-01 12:\d\d:00 UTC; .*run ungraceful instead$/);
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

  it('names broken replication in an ungraceful run too, which carries it', async () => {
    ground.world.setFault({ kind: 'replication-broken', ...replica });
    await ground.clock.sleep(60_000);
    const ctx = ground.ctx({ mode: 'ungraceful', impactBeganAt: ground.clock.now() });
    const act = ground.action('rds.check-replica');
    const said = check(await act.plan(asked, ctx), 'replication');
    expect(said).toMatchObject({ verdict: 'fail', carry: 'ungraceful' });
    expect(said.found).toMatch(/^(error|stopped|terminated)/);
    expect((await act.observe(asked, {}, ctx)).state).toBe('done');
  });

  it('has nothing left to ask of a replica that a run has promoted, whatever its lag', async () => {
    await promoteAs('run_begun/promote');
    ground.world.setFault({ kind: 'call', service: 'cloudwatch', fails: 'error' });
    const act = ground.action('rds.check-replica');
    const plan = await act.plan(asked, ground.ctx({ owner: 'run_next/replica' }));
    expect(plan.checks.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', 'pass']);
    expect(check(plan, 'lag').found).toBe('standalone, promoted by run_begun/promote: nothing left to replicate');
    expect(plan.dataAtRisk).toMatchObject({ seconds: null, explain: expect.stringContaining('run_begun/promote') });
    expect(await act.observe(asked, {}, ground.ctx())).toEqual({
      state: 'done',
      output: { lag_seconds: null, read_at: null, source: null },
    });
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

  it('takes a promotion that any run began as done, and says whose it is', async () => {
    const act = ground.action('rds.promote-read-replica');
    const captured = await promoteAs('run_mine/promote');
    expect((await act.plan(replica, ground.ctx({ owner: 'run_mine/promote' }))).noChange).toBe(true);
    const theirs = ground.ctx({ owner: 'run_theirs/promote' });
    const plan = await act.plan(replica, theirs);
    expect(plan).toMatchObject({
      noChange: true,
      checks: [],
      before: { role: 'standalone', promoted_by: 'run_mine/promote' },
      dataAtRisk: { seconds: null },
    });
    expect(await act.observe(replica, null, theirs)).toMatchObject({ state: 'done', output: { promoted_at: null } });
    expect(await act.lookup(replica, 'token', captured, theirs)).toMatchObject({ happened: 'unknowable' });
  });

  it.each([undefined, 'somebody'])('does not take a standalone instance that bears the mark %s', async (mark) => {
    const primary = { region: 'us-east-1', instance: 'prod-database' };
    const act = ground.action('rds.promote-read-replica');
    if (mark) {
      const { arn } = await act.capture(primary, ground.ctx());
      const Tags = [{ Key: 'muster:promoted-by', Value: mark }];
      const call = { service: 'rds', region: 'us-east-1', command: 'AddTagsToResource' };
      await ground.world.call({ ...call, input: { ResourceName: arn, Tags } });
    }
    const plan = await act.plan(primary, ground.ctx());
    expect(plan.noChange).toBe(false);
    expect(check(plan, 'replica')).toMatchObject({ verdict: 'fail', carry: 'never' });
    const gate = await ground.action('rds.check-replica').plan({ ...primary, max_lag: '15m' }, ground.ctx());
    expect(check(gate, 'replica')).toMatchObject({ verdict: 'fail', carry: 'never' });
  });

  it('does not take a replica that is merely busy for one that was asked to promote', async () => {
    const act = ground.action('rds.promote-read-replica');
    const captured = await act.capture(replica, ground.ctx());
    ground.world.setFault({ kind: 'call', command: 'PromoteReadReplica', fails: 'access-denied' });
    await expect(act.apply(replica, 'token', captured, ground.ctx())).rejects.toThrow('access was denied');
    expect(await act.lookup(replica, 'token', captured, ground.ctx())).toEqual({ happened: false });
    ground.world.setFault({ kind: 'database-status', ...replica, status: 'modifying' });
    expect(await act.lookup(replica, 'token', captured, ground.ctx())).toMatchObject({
      happened: 'unknowable',
      why: expect.stringContaining('modifying and still a replica'),
    });
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

  it.each(['failed', 'incompatible-parameters', 'storage-full'])(
    'does not wait for what became of a promotion whose database is %s',
    async (status) => {
      const act = ground.action('rds.promote-read-replica');
      const captured = await act.capture(replica, ground.ctx());
      await act.apply(replica, 'token', captured, ground.ctx());
      ground.world.setFault({ kind: 'database-status', ...replica, status });
      expect(await act.lookup(replica, 'token', captured, ground.ctx())).toEqual({
        happened: 'failed',
        why: expect.stringContaining(`is ${status}`),
      });
    },
  );

  it('is not planned while the replica is backing up', async () => {
    ground.world.setFault({ kind: 'database-status', ...replica, status: 'backing-up' });
    const plan = await ground.action('rds.promote-read-replica').plan(replica, ground.ctx());
    expect(check(plan, 'instance')).toMatchObject({ verdict: 'fail', found: 'status backing-up' });
  });
});
