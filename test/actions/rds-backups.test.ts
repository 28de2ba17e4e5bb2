import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ActionPlan, Check, Observation, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { EstateInput } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { type Ground, makeGround } from './ground.ts';

const database = { region: 'us-west-2', instance: 'contractorlens-db' };
const elsewhere = { region: 'us-east-1', instance: 'contractorlens-db' };
const settings = {
  security_groups: ['sg-0c10dbdr'],
  subnet_group: 'contractorlens-private',
  parameter_group: 'contractorlens-postgres16',
};
const original = 'arn:aws:rds:us-west-2:123456789012:snapshot:contractorlens-snapshot';

const estate = (): EstateInput => exampleCloud('contractorlens', ['databases', 'rds']);

let ground: Ground;
beforeEach(async () => {
  ground = await makeGround({ estate: estate() });
});
afterEach(() => ground.close());

async function on(changed: EstateInput): Promise<void> {
  ground.close();
  ground = await makeGround({ estate: changed });
}

function check(plan: ActionPlan, id: string): Check {
  const found = plan.checks.find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id} among ${plan.checks.map((one) => one.id).join(', ')}`);
  return found;
}

const plan = (name: string, input: JsonObject, ctx: Partial<StepContext> = {}): Promise<ActionPlan> =>
  ground.action(name).plan(input, ground.ctx(ctx));
const seen = (name: string, input: JsonObject, receipt: JsonObject | null = null): Promise<Observation> =>
  ground.action(name).observe(input, receipt, ground.ctx());

async function send(name: string, input: JsonObject, ctx: Partial<StepContext> = {}) {
  const action = ground.action(name);
  const captured = await action.capture(input, ground.ctx(ctx));
  return { captured, receipt: await action.apply(input, 'token', captured, ground.ctx(ctx)) };
}

const effects = (): string[] =>
  ground.world.audit().effects.flatMap(({ accepted, command, target }) => (accepted ? [`${command} ${target}`] : []));

describe('rds.select-snapshot', () => {
  const asked = { ...elsewhere, max_age: '2h' };

  it('takes the newest data, not the newest copy', async () => {
    expect(await seen('rds.select-snapshot', asked)).toMatchObject({
      state: 'done',
      output: {
        snapshot: 'contractorlens-snapshot-dr',
        arn: 'arn:aws:rds:us-east-1:123456789012:snapshot:contractorlens-snapshot-dr',
        created_at: '2026-03-01T11:05:00.000Z',
        age_seconds: 65 * 60,
      },
    });
  });

  it('reads every page of the answer', async () => {
    const cloud = estate();
    const snapshots = Array.from({ length: 230 }, (_, at) => ({
      region: 'us-east-1',
      id: `filler-${at}`,
      database: 'contractorlens-db',
      takenMinutesAgo: 5_000 - at,
    }));
    const newest = { region: 'us-east-1', id: 'last-of-all', database: 'contractorlens-db', takenMinutesAgo: 1 };
    await on({ ...cloud, rds: { snapshots: [...snapshots, newest] } });
    expect(await seen('rds.select-snapshot', asked)).toMatchObject({ output: { snapshot: 'last-of-all' } });
    expect(ground.sent).toHaveLength(3);
  });

  it('looks for a kind and a beginning of the name', async () => {
    const by = async (more: JsonObject) => {
      const found = await seen('rds.select-snapshot', { ...database, max_age: '30d', ...more });
      return found.state === 'done' ? found.output.snapshot : found;
    };
    expect(await by({})).toBe('contractorlens-snapshot');
    expect(await by({ kind: 'automated' })).toBe('rds:contractorlens-db-2026-03-01-03-05');
    expect(await by({ prefix: 'contractorlens-db-' })).toBe('rds:contractorlens-db-2026-03-01-03-05');
    expect(await by({ kind: 'copied' })).toMatchObject({ state: 'failed' });
    expect(await by({ prefix: 'nightly', kind: 'manual' })).toEqual({
      state: 'failed',
      why: 'There is no available manual snapshot of contractorlens-db in us-west-2 whose name begins with nightly.',
    });
  });

  it('fails a graceful run on an old one, and says what would be lost', async () => {
    const strict = { ...elsewhere, max_age: '15m' };
    const planned = await plan('rds.select-snapshot', strict);
    expect(check(planned, 'age')).toMatchObject({ verdict: 'fail', carry: 'ungraceful', expected: 'at most 15m old' });
    expect(planned.dataAtRisk).toEqual({
      seconds: 65 * 60,
      explain:
        'What was written to contractorlens-db after 2026-03-01 11:05:00 UTC is not in what is restored: 1h 5m by now.',
    });
    expect((await seen('rds.select-snapshot', strict)).state).toBe('failed');
  });

  it('counts the age to the impact when the primary is given up, for it took no writes since', async () => {
    const impactBeganAt = new Date('2026-03-01T11:15:00Z');
    const ctx = { mode: 'ungraceful', impactBeganAt } as const;
    const planned = await plan('rds.select-snapshot', { ...elsewhere, max_age: '15m' }, ctx);
    expect(check(planned, 'age').verdict).toBe('pass');
    expect(planned.dataAtRisk?.seconds).toBe(10 * 60);
    const carried = await ground
      .action('rds.select-snapshot')
      .observe({ ...elsewhere, max_age: '5m' }, null, ground.ctx(ctx));
    expect(carried.state).toBe('done');
  });

  it('waits for one that is being made, and takes none that failed', async () => {
    await on({
      ...estate(),
      rds: {},
      databases: (estate().databases ?? []).map((one) => ({ ...one, backupRetentionDays: 0 })),
    });
    const any = { ...database, max_age: '2h' };
    expect((await seen('rds.select-snapshot', any)).state).toBe('failed');
    await send('rds.create-snapshot', database);
    expect(await seen('rds.select-snapshot', any)).toMatchObject({
      state: 'working',
      progress: 'contractorlens-db-snapshot-1 is being made',
    });
    ground.world.setFault({ kind: 'snapshot-fails', ...database });
    await ground.clock.sleep(6 * 60_000);
    expect((await seen('rds.select-snapshot', any)).state).toBe('failed');
  });
});

describe('rds.create-snapshot', () => {
  it('is one snapshot of one name, though its answer was lost and the SDK asked again', async () => {
    const act = ground.action('rds.create-snapshot');
    const captured = await act.capture(database, ground.ctx());
    ground.world.setFault({ kind: 'call', fails: 'lost-answer', command: 'CreateDBSnapshot', times: 1 });
    await expect(act.apply(database, 'token', captured, ground.ctx())).rejects.toThrow(/not confirmed.*already exists/);
    const found = await act.lookup(database, 'token', captured, ground.ctx());
    expect(found).toMatchObject({ happened: true, receipt: { snapshot: 'contractorlens-db-snapshot-1' } });
    expect(effects()).toEqual(['CreateDBSnapshot rds:snapshot/contractorlens-db-snapshot-1']);
  });

  it('is another in another run, and does not take what another step made for its own', async () => {
    await send('rds.create-snapshot', database);
    await ground.clock.sleep(6 * 60_000);
    expect((await plan('rds.create-snapshot', database)).noChange).toBe(true);
    const other = { owner: 'run_1/again' };
    const planned = await plan('rds.create-snapshot', database, other);
    expect(planned.noChange).toBe(false);
    expect(check(planned, 'name')).toMatchObject({
      verdict: 'fail',
      found: 'contractorlens-db-snapshot-1, which this step did not make',
    });
    const act = ground.action('rds.create-snapshot');
    expect(
      await act.lookup(database, 'token', { at: '2026-03-01T12:00:00Z', status: 'available' }, ground.ctx(other)),
    ).toEqual({
      happened: 'failed',
      why: 'There is a DB snapshot contractorlens-db-snapshot-1 in us-west-2 already, which this step did not make.',
    });
    expect(
      (await plan('rds.create-snapshot', database, { owner: 'run_2/step' })).checks.map((one) => one.verdict),
    ).toEqual(['pass', 'pass']);
  });

  it('shows no name that only the run will have', async () => {
    const planned = await plan('rds.create-snapshot', database, { owner: 'plan_9', purpose: 'plan' });
    expect(planned.after.name).toBe('contractorlens-db-snapshot-RUN');
    expect(planned.target?.resource).toBe('rds:snapshot/contractorlens-db-snapshot');
  });

  it('is not asked of a database that is busy otherwise', async () => {
    ground.world.setFault({ kind: 'database-status', ...database, status: 'backing-up' });
    expect(check(await plan('rds.create-snapshot', database), 'instance')).toMatchObject({ verdict: 'fail' });
  });

  it('says that it failed when it did, and what to do about its name', async () => {
    const { receipt } = await send('rds.create-snapshot', database);
    ground.world.setFault({ kind: 'snapshot-fails', ...database });
    await ground.clock.sleep(6 * 60_000);
    expect(await seen('rds.create-snapshot', database, receipt)).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(/^The DB snapshot contractorlens-db-snapshot-1 in us-west-2 is failed: /),
    });
    const planned = await plan('rds.create-snapshot', database);
    expect(planned.noChange).toBe(false);
    expect(check(planned, 'name')).toMatchObject({ verdict: 'fail', found: 'its own, failed: delete it, then retry' });
  });
});

describe('rds.copy-snapshot', () => {
  const asked = { ...elsewhere, source: original, kms_key: 'alias/contractorlens-dr' };

  it('is asked of the Region that it goes to, and has the time of its original', async () => {
    const { receipt } = await send('rds.copy-snapshot', asked);
    expect(effects()).toEqual(['CopyDBSnapshot rds:snapshot/contractorlens-db-copy-1']);
    expect(ground.world.audit().effects[0]?.region).toBe('us-east-1');
    expect(await seen('rds.copy-snapshot', asked, receipt)).toMatchObject({
      state: 'working',
      progress: 'creating, 0 %',
    });
    await ground.clock.sleep(15 * 60_000);
    expect(await seen('rds.copy-snapshot', asked, receipt)).toMatchObject({
      state: 'done',
      output: { snapshot: 'contractorlens-db-copy-1', created_at: '2026-03-01T11:05:00.000Z' },
    });
  });

  it('wants a key of that Region for what is encrypted', async () => {
    const { kms_key: _, ...bare } = asked;
    expect(check(await plan('rds.copy-snapshot', bare), 'key')).toMatchObject({
      verdict: 'fail',
      found: 'encrypted, and no kms_key',
    });
    const key = 'arn:aws:kms:us-west-2:123456789012:key/one';
    expect(check(await plan('rds.copy-snapshot', { ...asked, kms_key: key }), 'key').verdict).toBe('fail');
    expect(check(await plan('rds.copy-snapshot', { ...bare, region: 'us-west-2' }), 'key').verdict).toBe('pass');
  });

  it('copies only what is there, and of the instance that is meant', async () => {
    await send('rds.create-snapshot', database);
    const source = 'arn:aws:rds:us-west-2:123456789012:snapshot:contractorlens-db-snapshot-1';
    expect(check(await plan('rds.copy-snapshot', { ...asked, source }), 'snapshot')).toMatchObject({
      verdict: 'fail',
      found: 'creating, of contractorlens-db',
    });
    const planned = await plan('rds.copy-snapshot', { ...asked, instance: 'another-db' });
    expect(check(planned, 'snapshot')).toMatchObject({ verdict: 'fail', expected: 'available, of another-db' });
  });

  it('fails when the Region of its source goes dark under it', async () => {
    const { receipt } = await send('rds.copy-snapshot', asked);
    ground.world.setFault({ kind: 'region-dark', region: 'us-west-2' });
    await ground.clock.sleep(15 * 60_000);
    expect(await seen('rds.copy-snapshot', asked, receipt)).toMatchObject({ state: 'failed' });
  });

  it('knows nothing of a source in a dark Region', async () => {
    ground.world.setFault({ kind: 'region-dark', region: 'us-west-2' });
    const planned = await plan('rds.copy-snapshot', asked);
    expect(planned.checks.map((one) => [one.id, one.verdict])).toEqual([
      ['snapshot', 'unknown'],
      ['key', 'unknown'],
      ['name', 'pass'],
    ]);
  });
});

describe('rds.restore-snapshot', () => {
  const asked = { ...elsewhere, snapshot: 'contractorlens-snapshot-dr', ...settings };

  it('restores in a Region whose other is dark, from what it is told alone', async () => {
    ground.world.setFault({ kind: 'region-dark', region: 'us-west-2' });
    const planned = await plan('rds.restore-snapshot', asked);
    expect(planned.checks.map((one) => one.verdict)).toEqual(['pass', 'pass', 'pass']);
    expect(planned.dataAtRisk?.seconds).toBe(65 * 60);
    const { receipt } = await send('rds.restore-snapshot', asked);
    const states: string[] = [];
    for (;;) {
      const now = await seen('rds.restore-snapshot', asked, receipt);
      states.push(now.state === 'working' ? now.progress : now.state);
      if (now.state !== 'working') break;
      await ground.clock.sleep(now.againInMs);
    }
    expect([...new Set(states)]).toEqual(['creating', 'backing-up', 'done']);
    expect(await seen('rds.restore-snapshot', asked, receipt)).toMatchObject({
      output: {
        instance: 'contractorlens-db-restored-1',
        endpoint: 'contractorlens-db-restored-1.c4d5e6.us-east-1.rds.amazonaws.com:5432',
        host: 'contractorlens-db-restored-1.c4d5e6.us-east-1.rds.amazonaws.com',
        restored_to: '2026-03-01T11:05:00.000Z',
      },
    });
  });

  it('does not leave to defaults what the application needs', async () => {
    const { security_groups: _, ...bare } = asked;
    expect(check(await plan('rds.restore-snapshot', bare), 'settings')).toMatchObject({
      verdict: 'fail',
      found: 'no security_groups',
    });
    const none = { ...elsewhere, snapshot: 'contractorlens-snapshot-dr' };
    expect(check(await plan('rds.restore-snapshot', none), 'settings').found).toBe(
      'no security_groups, no subnet_group, no parameter_group',
    );
    const like = await plan('rds.restore-snapshot', { ...none, like: 'contractorlens-db' });
    expect(check(like, 'settings')).toMatchObject({
      verdict: 'fail',
      found: 'There is no DB instance contractorlens-db in us-east-1.',
    });
  });

  it('takes from another instance what it is not told, and shows it for consent', async () => {
    const input = { ...database, snapshot: 'contractorlens-snapshot', like: 'contractorlens-db', multi_az: false };
    const planned = await plan('rds.restore-snapshot', input);
    expect(planned.after).toMatchObject({
      security_groups: ['sg-0c10db'],
      subnet_group: 'contractorlens-private',
      parameter_group: 'contractorlens-postgres16',
      class: 'db.m6g.large',
      multi_az: false,
    });
    const binds = ground.action('rds.restore-snapshot').binds;
    expect(binds).toEqual(expect.arrayContaining(['snapshot', 'security_groups', 'multi_az']));
    expect(binds).not.toContain('name');
  });

  it('restores an automated snapshot by its name', async () => {
    const automated = { ...database, snapshot: 'rds:contractorlens-db-2026-03-01-03-05', ...settings };
    expect(check(await plan('rds.restore-snapshot', automated), 'snapshot').verdict).toBe('pass');
    const { receipt } = await send('rds.restore-snapshot', automated);
    expect(receipt).toMatchObject({ restored_to: '2026-03-01T03:05:00.000Z' });
  });

  it('looks for the snapshot in its own Region', async () => {
    const planned = await plan('rds.restore-snapshot', { ...asked, snapshot: original });
    expect(check(planned, 'snapshot')).toMatchObject({
      verdict: 'fail',
      found: 'There is no DB snapshot contractorlens-snapshot in us-east-1.',
    });
  });

  it('fails with the status that RDS gives it', async () => {
    ground.world.setFault({ kind: 'restore-fails', ...elsewhere, status: 'incompatible-network' });
    const { receipt } = await send('rds.restore-snapshot', asked);
    await ground.clock.sleep(13 * 60_000);
    expect(await seen('rds.restore-snapshot', asked, receipt)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('contractorlens-db-restored-1 in us-east-1 is incompatible-network'),
    });
  });

  it('does not take an instance of that name for its own', async () => {
    const [source] = estate().databases ?? [];
    if (!source) throw new Error('no database');
    const stray = { ...source, region: 'us-east-1', id: 'contractorlens-db-restored-1' };
    await on({ ...estate(), databases: [source, stray] });
    expect(check(await plan('rds.restore-snapshot', asked), 'name').verdict).toBe('fail');
    const act = ground.action('rds.restore-snapshot');
    const captured = await act.capture(asked, ground.ctx());
    expect((await act.lookup(asked, 'token', captured, ground.ctx())).happened).toBe('failed');
  });

  it('proves in the end that it has what was asked for', async () => {
    const { receipt } = await send('rds.restore-snapshot', asked);
    await ground.clock.sleep(16 * 60_000);
    const act = ground.action('rds.restore-snapshot');
    const done = await seen('rds.restore-snapshot', asked, receipt);
    if (done.state !== 'done') throw new Error(JSON.stringify(done));
    const otherwise = { ...asked, security_groups: ['sg-other'] };
    expect(await act.verify(asked, done.output, ground.ctx())).toMatchObject([{ verdict: 'pass' }]);
    expect(await act.verify(otherwise, done.output, ground.ctx())).toMatchObject([{ verdict: 'fail' }]);
  });
});

describe('rds.restore-to-time', () => {
  it('takes no time that the backups do not hold', async () => {
    for (const time of ['2024-01-15T10:30:00Z', '2026-03-01T12:09:00Z']) {
      const planned = await plan('rds.restore-to-time', { ...database, time });
      expect(check(planned, 'window')).toMatchObject({
        verdict: 'fail',
        found: 'from 2026-02-22 12:10:00 UTC to 2026-03-01 12:07:00 UTC',
      });
    }
    const offset = await plan('rds.restore-to-time', { ...database, time: '2026-03-01T13:00:00+01:00' });
    expect(check(offset, 'window').verdict).toBe('pass');
  });

  it('says what is lost by now, and what the latest time is when asked for it', async () => {
    const at = await plan('rds.restore-to-time', { ...database, time: '2026-03-01T11:30:00Z' });
    expect(at.dataAtRisk?.seconds).toBe(40 * 60);
    const latest = await plan('rds.restore-to-time', { ...database, time: 'latest' });
    expect(latest.dataAtRisk?.seconds).toBe(3 * 60);
    const { receipt } = await send('rds.restore-to-time', { ...database, time: 'latest' });
    expect(receipt.restored_to).toBe('2026-03-01T12:07:00.000Z');
  });

  it('makes an instance like its source, but for what it is told', async () => {
    const input = { ...database, time: 'latest', multi_az: false, class: 'db.m6g.xlarge' };
    const { receipt } = await send('rds.restore-to-time', input);
    await ground.clock.sleep(16 * 60_000);
    const done = await seen('rds.restore-to-time', input, receipt);
    if (done.state !== 'done') throw new Error(JSON.stringify(done));
    const [verified] = await ground.action('rds.restore-to-time').verify(input, done.output, ground.ctx());
    expect(verified).toMatchObject({
      verdict: 'pass',
      found: 'sg-0c10db, contractorlens-private, contractorlens-postgres16, db.m6g.xlarge, one zone',
    });
  });

  it('cannot, of a database without automated backups', async () => {
    const [source] = estate().databases ?? [];
    if (!source) throw new Error('no database');
    await on({ ...estate(), databases: [{ ...source, backupRetentionDays: 0 }] });
    const planned = await plan('rds.restore-to-time', { ...database, time: 'latest' });
    expect(check(planned, 'window')).toMatchObject({ verdict: 'fail', found: 'no automated backup' });
  });
});

describe('rds.check-backups', () => {
  const asked = { ...database, retention_days: 7, max_age: '15m' };

  it('says how far back, and how recent', async () => {
    expect(await seen('rds.check-backups', asked)).toEqual({
      state: 'done',
      output: { retention_days: 7, latest_restorable_at: '2026-03-01T12:07:00.000Z', age_seconds: 180 },
    });
  });

  it('fails where they are kept too short or not at all', async () => {
    expect(await seen('rds.check-backups', { ...asked, retention_days: 14 })).toEqual({
      state: 'failed',
      why: 'automated backups are kept: expected at least 14 days, found 7 days',
    });
    expect(await seen('rds.check-backups', { ...asked, max_age: '2m' })).toMatchObject({ state: 'working' });
    const [source] = estate().databases ?? [];
    if (!source) throw new Error('no database');
    await on({ ...estate(), databases: [{ ...source, backupRetentionDays: 0 }] });
    const planned = await plan('rds.check-backups', asked);
    expect(planned.checks.map((one) => one.found)).toEqual([
      '0 days: automated backups are off',
      'none: it has no automated backup',
    ]);
  });
});

describe('rds.delete-instance', () => {
  const asked = { region: 'us-west-2', made_from: 'contractorlens-db', suffix: 'restored' };

  it('deletes what the run has restored, once it is no longer being created', async () => {
    const input = { ...database, time: 'latest' };
    await send('rds.restore-to-time', input);
    expect(check(await plan('rds.delete-instance', asked), 'state')).toMatchObject({ verdict: 'fail' });
    await ground.clock.sleep(16 * 60_000);
    expect((await plan('rds.delete-instance', asked)).checks.map((one) => one.verdict)).toEqual(['pass', 'pass']);
    const { receipt } = await send('rds.delete-instance', asked, { owner: 'run_1/clean-up' });
    expect(await seen('rds.delete-instance', asked, receipt)).toMatchObject({ state: 'working', progress: 'deleting' });
    await ground.clock.sleep(5 * 60_000);
    expect(await seen('rds.delete-instance', asked, receipt)).toMatchObject({
      state: 'done',
      output: { instance: 'contractorlens-db-restored-1' },
    });
  });

  it.each([
    ['of another run', { 'muster:run': 'run_2', 'muster:step': 'run_2/restore' }, 'contractorlens-db-test-1'],
    ['that nobody marked', {}, 'contractorlens-db-test-1'],
    ['that has taken another name', { 'muster:run': 'run_1', 'muster:step': 'run_1/restore' }, 'contractorlens-live'],
  ])('does not touch an instance %s', async (_what, tags, id) => {
    const [source] = estate().databases ?? [];
    if (!source) throw new Error('no database');
    await on({ ...estate(), databases: [source, { ...source, id, tags }] });
    const input = { region: 'us-west-2', instance: id };
    expect(check(await plan('rds.delete-instance', input), 'owned')).toMatchObject({
      verdict: 'fail',
      found: expect.stringMatching(/does not bear the tag and the name of this run/),
    });
    await expect(send('rds.delete-instance', input)).rejects.toThrow('only what a run has made is deleted');
    const captured = { at: '2026-03-01T12:00:00Z', arn: null, status: null };
    const apply = ground.action('rds.delete-instance').apply(input, 'token', captured, ground.ctx());
    await expect(apply).rejects.toThrow('only what a run has made is deleted');
    expect(effects()).toEqual([]);
  });

  it('is a change in a plan, for what the run will have made by then, and none in a run that made nothing', async () => {
    const before = await plan('rds.delete-instance', asked, { owner: 'plan_9', purpose: 'plan' });
    expect(before).toMatchObject({ noChange: false, checks: [] });
    expect(before.target?.resource).toBe('rds:contractorlens-db-restored');
    const within = await plan('rds.delete-instance', asked);
    expect(within.noChange).toBe(true);
    expect(await seen('rds.delete-instance', asked)).toMatchObject({ state: 'done' });
  });
});
