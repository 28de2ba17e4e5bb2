import { describe, expect, it } from '@jest/globals';
import {
  check,
  database,
  databases,
  effects,
  elsewhere,
  groundOfDatabases,
  on,
  original,
  plan,
  seen,
  send,
  settings,
} from './databases-ground.ts';

const ground = groundOfDatabases();

describe('rds.restore-snapshot', () => {
  const asked = { ...elsewhere, snapshot: 'contractorlens-snapshot-dr', ...settings };

  it('restores in a Region whose other is dark, from what it is told alone', async () => {
    ground().world.setFault({ kind: 'region-dark', region: 'us-west-2' });
    const planned = await plan('rds.restore-snapshot', asked);
    expect(planned.checks.map((one) => one.verdict)).toEqual(['pass', 'pass', 'pass']);
    expect(planned.dataAtRisk?.seconds).toBe(65 * 60);
    const { receipt } = await send('rds.restore-snapshot', asked);
    const states: string[] = [];
    for (;;) {
      const now = await seen('rds.restore-snapshot', asked, receipt);
      states.push(now.state === 'working' ? now.progress : now.state);
      if (now.state !== 'working') break;
      await ground().clock.sleep(now.againInMs);
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
    const binds = ground().action('rds.restore-snapshot').binds;
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
    ground().world.setFault({ kind: 'restore-fails', ...elsewhere, status: 'incompatible-network' });
    const { receipt } = await send('rds.restore-snapshot', asked);
    await ground().clock.sleep(13 * 60_000);
    expect(await seen('rds.restore-snapshot', asked, receipt)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('contractorlens-db-restored-1 in us-east-1 is incompatible-network'),
    });
  });

  it('does not take an instance of that name for its own', async () => {
    const [source] = databases().databases ?? [];
    if (!source) throw new Error('no database');
    const stray = { ...source, region: 'us-east-1', id: 'contractorlens-db-restored-1' };
    await on({ ...databases(), databases: [source, stray] });
    expect(check(await plan('rds.restore-snapshot', asked), 'name').verdict).toBe('fail');
    const act = ground().action('rds.restore-snapshot');
    const captured = await act.capture(asked, ground().ctx());
    expect((await act.lookup(asked, 'token', captured, ground().ctx())).happened).toBe('failed');
  });

  it('proves in the end that it has what was asked for', async () => {
    const { receipt } = await send('rds.restore-snapshot', asked);
    await ground().clock.sleep(16 * 60_000);
    const act = ground().action('rds.restore-snapshot');
    const done = await seen('rds.restore-snapshot', asked, receipt);
    if (done.state !== 'done') throw new Error(JSON.stringify(done));
    const otherwise = { ...asked, security_groups: ['sg-other'] };
    expect(await act.verify(asked, done.output, ground().ctx())).toMatchObject([{ verdict: 'pass' }]);
    expect(await act.verify(otherwise, done.output, ground().ctx())).toMatchObject([{ verdict: 'fail' }]);
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
    await ground().clock.sleep(16 * 60_000);
    const done = await seen('rds.restore-to-time', input, receipt);
    if (done.state !== 'done') throw new Error(JSON.stringify(done));
    const [verified] = await ground().action('rds.restore-to-time').verify(input, done.output, ground().ctx());
    expect(verified).toMatchObject({
      verdict: 'pass',
      found: 'sg-0c10db, contractorlens-private, contractorlens-postgres16, db.m6g.xlarge, one zone',
    });
  });

  it('cannot, of a database without automated backups', async () => {
    const [source] = databases().databases ?? [];
    if (!source) throw new Error('no database');
    await on({ ...databases(), databases: [{ ...source, backupRetentionDays: 0 }] });
    const planned = await plan('rds.restore-to-time', { ...database, time: 'latest' });
    expect(check(planned, 'window')).toMatchObject({ verdict: 'fail', found: 'no automated backup' });
  });
});

describe('rds.delete-instance', () => {
  const asked = { region: 'us-west-2', made_from: 'contractorlens-db', suffix: 'restored' };

  it('deletes what the run has restored, once it is no longer being created', async () => {
    const input = { ...database, time: 'latest' };
    await send('rds.restore-to-time', input);
    expect(check(await plan('rds.delete-instance', asked), 'state')).toMatchObject({ verdict: 'fail' });
    await ground().clock.sleep(16 * 60_000);
    expect((await plan('rds.delete-instance', asked)).checks.map((one) => one.verdict)).toEqual(['pass', 'pass']);
    const { receipt } = await send('rds.delete-instance', asked, { owner: 'run_1/clean-up' });
    expect(await seen('rds.delete-instance', asked, receipt)).toMatchObject({ state: 'working', progress: 'deleting' });
    await ground().clock.sleep(5 * 60_000);
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
    const [source] = databases().databases ?? [];
    if (!source) throw new Error('no database');
    await on({ ...databases(), databases: [source, { ...source, id, tags }] });
    const input = { region: 'us-west-2', instance: id };
    expect(check(await plan('rds.delete-instance', input), 'owned')).toMatchObject({
      verdict: 'fail',
      found: expect.stringMatching(/does not bear the tag and the name of this run/),
    });
    await expect(send('rds.delete-instance', input)).rejects.toThrow('only what a run has made is deleted');
    const captured = { at: '2026-03-01T12:00:00Z', arn: null, status: null };
    const apply = ground().action('rds.delete-instance').apply(input, 'token', captured, ground().ctx());
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
