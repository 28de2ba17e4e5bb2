import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/domain/json.ts';
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
} from './databases-ground.ts';

const ground = groundOfDatabases();

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
    const cloud = databases();
    const snapshots = Array.from({ length: 230 }, (_, at) => ({
      region: 'us-east-1',
      id: `filler-${at}`,
      database: 'contractorlens-db',
      takenMinutesAgo: 5_000 - at,
    }));
    const newest = { region: 'us-east-1', id: 'last-of-all', database: 'contractorlens-db', takenMinutesAgo: 1 };
    await on({ ...cloud, rds: { snapshots: [...snapshots, newest] } });
    expect(await seen('rds.select-snapshot', asked)).toMatchObject({ output: { snapshot: 'last-of-all' } });
    expect(ground().sent).toHaveLength(3);
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
      since: '2026-03-01T11:05:00.000Z',
    });
    expect((await seen('rds.select-snapshot', strict)).state).toBe('failed');
  });

  it('counts the age to the impact when the primary is given up, for it took no writes since', async () => {
    const impactBeganAt = new Date('2026-03-01T11:15:00Z');
    const ctx = { mode: 'ungraceful', impactBeganAt } as const;
    const planned = await plan('rds.select-snapshot', { ...elsewhere, max_age: '15m' }, ctx);
    expect(check(planned, 'age').verdict).toBe('pass');
    expect(planned.dataAtRisk?.seconds).toBe(10 * 60);
    const carried = await ground()
      .action('rds.select-snapshot')
      .observe({ ...elsewhere, max_age: '5m' }, null, ground().ctx(ctx));
    expect(carried.state).toBe('done');
  });

  it('waits for one that is being made, and takes none that failed', async () => {
    await on({
      ...databases(),
      rds: {},
      databases: (databases().databases ?? []).map((one) => ({ ...one, backupRetentionDays: 0 })),
    });
    const any = { ...database, max_age: '2h' };
    expect((await seen('rds.select-snapshot', any)).state).toBe('failed');
    await send('rds.create-snapshot', database);
    expect(await seen('rds.select-snapshot', any)).toMatchObject({
      state: 'working',
      progress: 'contractorlens-db-snapshot-1 is being made',
    });
    ground().world.setFault({ kind: 'snapshot-fails', ...database });
    await ground().clock.sleep(6 * 60_000);
    expect((await seen('rds.select-snapshot', any)).state).toBe('failed');
  });
});

describe('rds.create-snapshot', () => {
  it('is one snapshot of one name, though its answer was lost and the SDK asked again', async () => {
    const act = ground().action('rds.create-snapshot');
    const captured = await act.capture(database, ground().ctx());
    ground().world.setFault({ kind: 'call', fails: 'lost-answer', command: 'CreateDBSnapshot', times: 1 });
    await expect(act.apply(database, 'token', captured, ground().ctx())).rejects.toThrow(
      /not confirmed.*already exists/,
    );
    const found = await act.lookup(database, 'token', captured, ground().ctx());
    expect(found).toMatchObject({ happened: true, receipt: { snapshot: 'contractorlens-db-snapshot-1' } });
    expect(effects()).toEqual(['CreateDBSnapshot rds:snapshot/contractorlens-db-snapshot-1']);
  });

  it('is another in another run, and does not take what another step made for its own', async () => {
    await send('rds.create-snapshot', database);
    await ground().clock.sleep(6 * 60_000);
    expect((await plan('rds.create-snapshot', database)).noChange).toBe(true);
    const other = { owner: 'run_1/again' };
    const planned = await plan('rds.create-snapshot', database, other);
    expect(planned.noChange).toBe(false);
    expect(check(planned, 'name')).toMatchObject({
      verdict: 'fail',
      found: 'contractorlens-db-snapshot-1, which this step did not make',
    });
    const act = ground().action('rds.create-snapshot');
    expect(
      await act.lookup(database, 'token', { at: '2026-03-01T12:00:00Z', status: 'available' }, ground().ctx(other)),
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
    ground().world.setFault({ kind: 'database-status', ...database, status: 'backing-up' });
    expect(check(await plan('rds.create-snapshot', database), 'instance')).toMatchObject({ verdict: 'fail' });
  });

  it('says that it failed when it did, and what to do about its name', async () => {
    const { receipt } = await send('rds.create-snapshot', database);
    ground().world.setFault({ kind: 'snapshot-fails', ...database });
    await ground().clock.sleep(6 * 60_000);
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
    expect(ground().world.audit().effects[0]?.region).toBe('us-east-1');
    expect(await seen('rds.copy-snapshot', asked, receipt)).toMatchObject({
      state: 'working',
      progress: 'creating, 0 %',
    });
    await ground().clock.sleep(15 * 60_000);
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
    ground().world.setFault({ kind: 'region-dark', region: 'us-west-2' });
    await ground().clock.sleep(15 * 60_000);
    expect(await seen('rds.copy-snapshot', asked, receipt)).toMatchObject({ state: 'failed' });
  });

  it('knows nothing of a source in a dark Region', async () => {
    ground().world.setFault({ kind: 'region-dark', region: 'us-west-2' });
    const planned = await plan('rds.copy-snapshot', asked);
    expect(planned.checks.map((one) => [one.id, one.verdict])).toEqual([
      ['snapshot', 'unknown'],
      ['key', 'unknown'],
      ['name', 'pass'],
    ]);
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
    const [source] = databases().databases ?? [];
    if (!source) throw new Error('no database');
    await on({ ...databases(), databases: [{ ...source, backupRetentionDays: 0 }] });
    const planned = await plan('rds.check-backups', asked);
    expect(planned.checks.map((one) => one.found)).toEqual([
      '0 days: automated backups are off',
      'none: it has no automated backup',
    ]);
  });
});
