import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/domain/json.ts';
import { check, groundOfTables, main, type Tables } from './tables-ground.ts';

const tables = groundOfTables();
const beforeCorruption = { ...main, time: '2026-03-01T11:00:00Z' };
const restored = 'flightdata-main-restored-1';

async function newestBackup({ watch }: Tables, table = main.table): Promise<JsonObject> {
  const seen = await watch('dynamodb.select-backup', { ...main, table }, {});
  if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
  return { region: main.region, backup_arn: seen.output.backup_arn ?? '' };
}

/** Asks for a restore, and lets so many minutes pass. */
async function restoring({ action, clock, ctx }: Tables, minutes: number): Promise<JsonObject> {
  const act = action('dynamodb.restore-to-time');
  const captured = await act.capture(beforeCorruption, ctx());
  const receipt = await act.apply(beforeCorruption, 'token', captured, ctx());
  await clock.sleep(minutes * 60_000);
  return receipt;
}

async function tagsOf({ world }: Tables, table: string) {
  const ResourceArn = `arn:aws:dynamodb:us-east-1:123456789012:table/${table}`;
  const call = { service: 'dynamodb', region: 'us-east-1', command: 'ListTagsOfResource', input: { ResourceArn } };
  const answer = await world.call(call);
  return answer.ok ? answer.output.Tags : answer.error.name;
}

describe('a restored table', () => {
  it("is named and tagged as the run's, and has the contents of its instant", async () => {
    const ground = tables();
    const output = await ground.outputOf('dynamodb.restore-to-time', beforeCorruption, { owner: 'run_3K9x/restore' });
    expect(output).toEqual({
      region: 'us-east-1',
      table: 'flightdata-main-restored-3k9x',
      table_arn: 'arn:aws:dynamodb:us-east-1:123456789012:table/flightdata-main-restored-3k9x',
      source: 'flightdata-main',
      restored_to: '2026-03-01T11:00:00.000Z',
    });
    expect(await tagsOf(ground, 'flightdata-main-restored-3k9x')).toEqual([
      { Key: 'muster:run', Value: 'run_3K9x' },
      { Key: 'muster:step', Value: 'run_3K9x/restore' },
    ]);
  });

  it('is not done when it is ACTIVE: its restore and its indexes go on', async () => {
    const ground = tables();
    const receipt = await restoring(ground, 13);
    const seen = await ground.action('dynamodb.restore-to-time').observe(beforeCorruption, receipt, ground.ctx());
    expect(seen).toMatchObject({ state: 'working', progress: 'ACTIVE, and still being restored' });
    await ground.clock.sleep(90_000);
    const later = await ground.action('dynamodb.restore-to-time').observe(beforeCorruption, receipt, ground.ctx());
    expect(later).toMatchObject({ state: 'working', progress: 'ACTIVE, 2 of 2 indexes not ready' });
    expect(await ground.watch('dynamodb.restore-to-time', beforeCorruption, receipt)).toMatchObject({ state: 'done' });
  });

  it('does not come where the restore ends badly, and nobody waits for it', async () => {
    const ground = tables();
    ground.world.setFault({ kind: 'table-restore-fails', ...main });
    expect(await ground.carryOut('dynamodb.restore-to-time', beforeCorruption)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining(`There is no table ${restored} in us-east-1`),
    });
  });

  it('without its key is a failure, and is not asked for again', async () => {
    const ground = tables();
    ground.world.setFault({ kind: 'table-restore-fails', ...main, status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' });
    const act = ground.action('dynamodb.restore-to-time');
    const captured = await act.capture(beforeCorruption, ground.ctx());
    const receipt = await act.apply(beforeCorruption, 'token', captured, ground.ctx());
    expect(await ground.watch('dynamodb.restore-to-time', beforeCorruption, receipt)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('INACCESSIBLE_ENCRYPTION_CREDENTIALS'),
    });
    expect(await act.lookup(beforeCorruption, 'token', captured, ground.ctx())).toMatchObject({ happened: 'failed' });
  });

  it('whose name is taken by another is a failing check, and is never taken for the one asked for', async () => {
    const { action, ctx } = tables();
    const act = action('dynamodb.restore-to-time');
    const asked = { ...beforeCorruption, target_table: 'flightdata-metrics' };
    const plan = await act.plan(asked, ctx());
    expect(plan.noChange).toBe(false);
    expect(check(plan, 'target')).toMatchObject({ verdict: 'fail', carry: 'never' });
    const captured = await act.capture(asked, ctx());
    expect(await act.lookup(asked, 'token', captured, ctx())).toMatchObject({ happened: 'unknowable' });
  });

  it('of another source is not taken for the one asked for, though it is new and bears the name', async () => {
    const ground = tables();
    const act = ground.action('dynamodb.restore-to-time');
    const asked = { ...beforeCorruption, table: 'flightdata-metrics', target_table: restored };
    const captured = await act.capture(asked, ground.ctx());
    await restoring(ground, 0);
    expect(await act.lookup(asked, 'token', captured, ground.ctx())).toMatchObject({ happened: 'unknowable' });
  });

  it('of an earlier run is not taken for the one asked for, though it has the same source and name', async () => {
    const ground = tables();
    const act = ground.action('dynamodb.restore-to-time');
    const asked = { ...beforeCorruption, target_table: 'flightdata-main-recovery' };
    await act.apply(asked, 'token', await act.capture(asked, ground.ctx()), ground.ctx());
    await ground.clock.sleep(5 * 60_000);
    const ours = ground.ctx({ owner: 'run_2/restore' });
    const captured = await act.capture(asked, ours);
    expect(await act.lookup(asked, 'token', captured, ours)).toMatchObject({ happened: 'unknowable' });
  });

  it('is consented to by the name that every run shares', async () => {
    const { action, ctx } = tables();
    const act = action('dynamodb.restore-to-time');
    const asked = { ...beforeCorruption, suffix: 'test' };
    const before = await act.plan(asked, ctx({ purpose: 'plan', owner: 'plan_7' }));
    const within = await act.plan(asked, ctx({ owner: 'run_1/restore' }));
    expect(within.target).toEqual({ region: 'us-east-1', resource: 'dynamodb:flightdata-main-test' });
    expect([before.target, before.before, before.after]).toEqual([within.target, within.before, within.after]);
  });
});

describe('dynamodb.restore-to-time', () => {
  it.each([
    ['2026-03-01T12:09:00Z', main.table, /^restorable from 2026-01-30 12:00:00 UTC to 2026-03-01 12:05:00 UTC$/],
    ['2025-11-01T12:00:00Z', main.table, /^restorable from/],
    ['latest', 'flightdata-config', /^point-in-time recovery is off$/],
    ['latest', 'nothing', /^There is no table nothing in us-east-1\.$/],
  ])('cannot be planned to %s of %s', async (time, table, found) => {
    const { action, ctx } = tables();
    const plan = await action('dynamodb.restore-to-time').plan({ ...main, table, time }, ctx());
    expect(check(plan, 'window')).toMatchObject({ verdict: 'fail', found: expect.stringMatching(found) });
  });

  it('says what is not in it', async () => {
    const { action, ctx } = tables();
    const plan = await action('dynamodb.restore-to-time').plan(beforeCorruption, ctx());
    expect(plan.dataAtRisk).toEqual({
      seconds: 70 * 60,
      explain:
        'What was written to flightdata-main after 2026-03-01 11:00:00 UTC is not in what is restored: 4200 s by now.',
      since: '2026-03-01T11:00:00.000Z',
    });
  });

  it('is not verified where AWS restored to another time', async () => {
    const { action, ctx } = tables();
    const act = action('dynamodb.restore-to-time');
    const output = { region: 'us-east-1', table: restored, table_arn: 'arn', source: main.table };
    const verdicts = async (at: string) =>
      (await act.verify(beforeCorruption, { ...output, restored_to: at }, ctx())).map(({ verdict }) => verdict);
    expect(await verdicts('2026-03-01T11:00:00.000Z')).toEqual(['pass']);
    expect(await verdicts('2026-03-01T11:05:00.000Z')).toEqual(['fail']);
  });
});

describe('dynamodb.restore-backup', () => {
  it('puts a lost table back under its own name', async () => {
    const ground = tables();
    ground.world.setFault({ kind: 'table-lost', ...main });
    await ground.clock.sleep(1_000);
    const input = { ...(await newestBackup(ground)), target_table: main.table };
    expect(await ground.outputOf('dynamodb.restore-backup', input)).toMatchObject({
      table: main.table,
      restored_to: '2026-03-01T12:10:00.000Z',
    });
  });

  it('restores into another Region with a key of that Region', async () => {
    const ground = tables();
    const input = { ...(await newestBackup(ground)), region: 'us-west-2', encryption_key: 'alias/flight-data' };
    expect(await ground.outputOf('dynamodb.restore-backup', input)).toMatchObject({ region: 'us-west-2' });
  });

  it('cannot know a backup whose Region is dark', async () => {
    const ground = tables();
    const input = { ...(await newestBackup(ground)), region: 'us-west-2' };
    ground.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    const plan = await ground.action('dynamodb.restore-backup').plan(input, ground.ctx());
    expect(check(plan, 'backup')).toMatchObject({ verdict: 'unknown', carry: 'never' });
    expect(check(plan, 'target').verdict).toBe('pass');
  });

  it('waits for a backup that is being made', async () => {
    const ground = tables();
    const backup = ground.action('dynamodb.create-backup');
    const made = await backup.apply(main, 'token', await backup.capture(main, ground.ctx()), ground.ctx());
    const input = { region: 'us-east-1', backup_arn: made.backup_arn ?? '' };
    const act = ground.action('dynamodb.restore-backup');
    expect(check(await act.plan(input, ground.ctx()), 'backup')).toMatchObject({ verdict: 'fail' });
    const captured = await act.capture(input, ground.ctx());
    await expect(act.apply(input, 'token', captured, ground.ctx())).rejects.toThrow('BackupInUseException');
    expect(await act.lookup(input, 'token', captured, ground.ctx())).toEqual({ happened: false });
  });
});

describe('dynamodb.delete-table', () => {
  const test = { region: 'us-east-1', source: main.table, suffix: 'restored' };

  it('deletes what the run restored, by its source, and nothing that the run has not made', async () => {
    const ground = tables();
    await ground.outputOf('dynamodb.restore-to-time', beforeCorruption);
    const theirs = await ground
      .action('dynamodb.delete-table')
      .plan({ region: 'us-east-1', table: restored }, ground.ctx({ owner: 'run_2/clean' }));
    expect(check(theirs, 'owned')).toMatchObject({ verdict: 'fail', carry: 'never' });
    expect(await ground.outputOf('dynamodb.delete-table', test)).toEqual({ table: restored });
    await expect(ground.carryOut('dynamodb.delete-table', main)).rejects.toThrow(/does not bear the tag of this run/);
  });

  it("deletes the run's restore that was cut short before it bore its tags", async () => {
    const ground = tables();
    await restoring(ground, 5);
    const act = ground.action('dynamodb.delete-table');
    expect(check(await act.plan(test, ground.ctx()), 'state')).toMatchObject({ verdict: 'fail' });
    await ground.clock.sleep(10 * 60_000);
    expect(await tagsOf(ground, restored)).toEqual([]);
    expect((await act.plan(test, ground.ctx())).checks.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
    expect(await ground.carryOut('dynamodb.delete-table', test)).toMatchObject({ state: 'done' });
  });

  it('is refused while a backup of the table is being made', async () => {
    const ground = tables();
    await ground.outputOf('dynamodb.restore-to-time', beforeCorruption);
    const backup = ground.action('dynamodb.create-backup');
    const copy = { ...main, table: restored };
    await backup.apply(copy, 'token', await backup.capture(copy, ground.ctx()), ground.ctx());
    const act = ground.action('dynamodb.delete-table');
    expect(check(await act.plan(test, ground.ctx()), 'backups')).toMatchObject({ verdict: 'fail' });
    const captured = await act.capture(test, ground.ctx());
    await expect(act.apply(test, 'token', captured, ground.ctx())).rejects.toThrow('ResourceInUseException');
    expect(await act.lookup(test, 'token', captured, ground.ctx())).toEqual({ happened: false });
  });

  it('is not done before a run, when the name is not known, and is done where nothing is left', async () => {
    const { action, ctx } = tables();
    const act = action('dynamodb.delete-table');
    const before = await act.plan(test, ctx({ purpose: 'plan', owner: 'plan_7' }));
    expect(before).toMatchObject({ noChange: false, target: { resource: 'dynamodb:flightdata-main-restored' } });
    expect((await act.plan(test, ctx())).noChange).toBe(true);
  });
});

describe('dynamodb.compare-tables', () => {
  const compared = { region: 'us-east-1', table: restored, source: main.table };

  it('counts every page of both, and takes a live table to have gone on', async () => {
    const ground = tables();
    await ground.outputOf('dynamodb.restore-to-time', beforeCorruption);
    const seen = await ground.watch('dynamodb.compare-tables', compared, {});
    expect(seen).toMatchObject({ state: 'done', output: { count: 588, source_count: 605 } });
    expect(await ground.watch('dynamodb.compare-tables', { ...compared, tolerance_percent: 1 }, {})).toMatchObject({
      state: 'failed',
      why: `${restored} has 588 items and flightdata-main 605: 2.81 % apart, expected at most 1 %.`,
    });
  });

  it('waits for a table that is still being restored, though it is ACTIVE', async () => {
    const ground = tables();
    await restoring(ground, 13);
    expect(await ground.action('dynamodb.compare-tables').observe(compared, {}, ground.ctx())).toMatchObject({
      state: 'working',
    });
  });

  it('misses the known items that are not there', async () => {
    const ground = tables();
    await ground.outputOf('dynamodb.restore-to-time', beforeCorruption);
    const key = (nth: number, at: string) => ({ record_id: `rec-000${nth}`, timestamp: `2026-03-01T${at}:00.000Z` });
    const [kept, lost] = [key(588, '11:00'), key(589, '11:05')];
    const ask = (canaries: JsonObject[]) => ground.watch('dynamodb.compare-tables', { ...compared, canaries }, {});
    expect(await ask([kept])).toMatchObject({ state: 'done' });
    expect(await ask([kept, lost])).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('lacks 1 of 2 known items: {"record_id":"rec-000589"'),
    });
  });

  it('does not take tables of other keys or indexes for the same', async () => {
    const ground = tables();
    const seen = await ground.watch('dynamodb.compare-tables', { ...compared, table: 'flightdata-metrics' }, {});
    expect(seen).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(/not shaped as flightdata-main: keys: metric HASH.*index by-airport: none in/),
    });
  });
});
