import { describe, expect, it } from '@jest/globals';
import type { EstateInput } from '../../src/sim/index.ts';
import { check, groundOfTables, main } from './tables-ground.ts';

const config = { ...main, table: 'flightdata-config' };

/** So many backups of the main table, an hour apart, that the newest is on the second page. */
function manyBackups(estate: EstateInput): EstateInput {
  const backups = Array.from({ length: 130 }, (_, nth) => ({ name: `hourly-${nth + 1}`, hoursAgo: nth + 1 }));
  const tables = estate.dynamoDb?.tables?.map((one) => (one.name === main.table ? { ...one, backups } : one)) ?? [];
  return { ...estate, dynamoDb: { ...estate.dynamoDb, tables } };
}

describe('dynamodb.create-backup', () => {
  const tables = groundOfTables();

  it('names it by step and run, and says what it surely holds', async () => {
    const { outputOf } = tables();
    const output = await outputOf('dynamodb.create-backup', main, { owner: 'run_3k9x/isolate' });
    expect(output).toMatchObject({
      name: 'flightdata-main-isolate-3k9x',
      created_at: '2026-03-01T12:10:00.000Z',
      holds_until: '2026-03-01T12:09:00.000Z',
    });
  });

  it('is another one for another step of the same run', async () => {
    const { action, ctx, outputOf } = tables();
    const first = await outputOf('dynamodb.create-backup', main, { owner: 'run_1/isolate' });
    const next = { owner: 'run_1/before-cutover' };
    expect((await action('dynamodb.create-backup').plan(main, ctx(next))).noChange).toBe(false);
    const second = await outputOf('dynamodb.create-backup', main, next);
    expect(second.backup_arn).not.toBe(first.backup_arn);
  });

  it('is sent once where the answer is lost, which the SDK would send again', async () => {
    const { action, ctx, world } = tables();
    world.setFault({ kind: 'call', fails: 'lost-answer', command: 'CreateBackup', times: 1 });
    const act = action('dynamodb.create-backup');
    const captured = await act.capture(main, ctx());
    await expect(act.apply(main, 'token', captured, ctx())).rejects.toThrow(/not confirmed/);
    expect(world.audit().effects.filter(({ command }) => command === 'CreateBackup')).toHaveLength(1);
    expect(await act.lookup(main, 'token', captured, ctx())).toMatchObject({ happened: true });
  });

  it('is sent again where it was throttled, which had no effect', async () => {
    const { outputOf, world } = tables();
    world.setFault({ kind: 'call', fails: 'throttling', command: 'CreateBackup', times: 1 });
    await outputOf('dynamodb.create-backup', main);
    expect(world.audit().effects.filter(({ command }) => command === 'CreateBackup')).toHaveLength(1);
  });

  it('is not done while it is being made, however long', async () => {
    const { action, clock, ctx, world } = tables();
    world.setFault({ kind: 'table-backup-never-ends', ...main });
    const act = action('dynamodb.create-backup');
    const receipt = await act.apply(main, 'token', await act.capture(main, ctx()), ctx());
    await clock.sleep(3_600_000);
    expect(await act.observe(main, receipt, ctx())).toMatchObject({ state: 'working' });
  });

  it('cannot be made of a table that is not there', async () => {
    const { action, ctx } = tables();
    const plan = await action('dynamodb.create-backup').plan({ ...main, table: 'nothing' }, ctx());
    expect(check(plan, 'table')).toMatchObject({
      verdict: 'fail',
      found: 'There is no table nothing in us-east-1.',
    });
  });
});

describe('dynamodb.ensure-pitr', () => {
  const tables = groundOfTables();

  it('leaves what is on as it is, for turning it off and on throws the window away', async () => {
    const { action, ctx, world } = tables();
    const plan = await action('dynamodb.ensure-pitr').plan(main, ctx());
    expect(plan).toMatchObject({ noChange: true, before: { point_in_time_recovery: 'on' } });
    expect(await action('dynamodb.ensure-pitr').observe(main, null, ctx())).toMatchObject({
      state: 'done',
      output: { earliest: '2026-01-30T12:00:00.000Z', latest: '2026-03-01T12:05:00.000Z' },
    });
    expect(world.audit().effects).toEqual([]);
  });

  it('turns it on where it is off', async () => {
    const { outputOf } = tables();
    expect(await outputOf('dynamodb.ensure-pitr', config)).toMatchObject({ earliest: '2026-03-01T12:10:00.000Z' });
  });
});

describe('dynamodb.select-backup', () => {
  const tables = groundOfTables();

  it('takes the newest, and says what is not in it', async () => {
    const { action, ctx, watch } = tables();
    expect(await watch('dynamodb.select-backup', main, {})).toMatchObject({
      output: { name: 'daily-backup-flightdata-main-2', type: 'USER', created_at: '2026-03-01T03:00:00.000Z' },
    });
    const { dataAtRisk } = await action('dynamodb.select-backup').plan(main, ctx());
    expect(dataAtRisk?.seconds).toBe(9 * 3_600 + 600);
  });

  it("takes a deleted table's last backup, which AWS lists only when asked for all", async () => {
    const { clock, watch, world } = tables();
    world.setFault({ kind: 'table-lost', ...main });
    await clock.sleep(1_000);
    expect(await watch('dynamodb.select-backup', main, {})).toMatchObject({
      output: { name: 'flightdata-main$DeletedTableBackup', type: 'SYSTEM' },
    });
  });

  it('does not take one that is older than asked', async () => {
    const { action, ctx, watch } = tables();
    const asked = { ...main, max_age: '1h' };
    const plan = await action('dynamodb.select-backup').plan(asked, ctx());
    expect(check(plan, 'age')).toMatchObject({ verdict: 'fail', expected: 'at most 1h old' });
    expect(await watch('dynamodb.select-backup', asked, {})).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('550 minutes old'),
    });
  });

  it('does not take one that is still being made, and waits for the only one', async () => {
    const { action, ctx, watch } = tables();
    const backup = action('dynamodb.create-backup');
    await backup.apply(main, 'token', await backup.capture(main, ctx()), ctx());
    expect(await action('dynamodb.select-backup').observe(main, {}, ctx())).toMatchObject({
      output: { name: 'daily-backup-flightdata-main-2' },
    });
    const none = await watch('dynamodb.select-backup', { ...main, table: 'nothing' }, {});
    expect(none).toMatchObject({ state: 'failed', why: expect.stringContaining('No backup of the table nothing') });
  });

  it('does not know in a dark Region', async () => {
    const { action, ctx, world } = tables();
    world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    expect(await action('dynamodb.select-backup').observe(main, {}, ctx())).toMatchObject({ state: 'unknown' });
  });
});

describe('dynamodb.select-backup, with many', () => {
  const tables = groundOfTables(manyBackups);

  it('reads every page before it says which is the newest', async () => {
    const { watch } = tables();
    expect(await watch('dynamodb.select-backup', main, {})).toMatchObject({ output: { name: 'hourly-1' } });
  });
});
