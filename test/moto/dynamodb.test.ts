import { CreateTableCommand, DynamoDBClient, ListBackupsCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createAws } from '../../src/actions/kit/aws.ts';
import { createActions } from '../../src/actions/registry.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import type { Action, ActionRegistry, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { simulatedProbes } from '../../src/sim/index.ts';
import { lookOn } from '../actions/ground.ts';
import { testCredentials } from '../support/estate-clients.ts';
import { testHome } from '../support/home-folder.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { describeWith } from '../support/needs.ts';

const region = 'us-east-1';
const main = { region, table: 'flightdata-main' };

describeWith('moto_server', "backups and restores of a table on AWS's own wire", () => {
  let moto: Moto;
  let client: DynamoDBClient;
  let aws: ReturnType<typeof createAws>;
  let actions: ActionRegistry;

  beforeAll(async () => {
    moto = await startMoto();
    const credentials = () => testCredentials;
    client = new DynamoDBClient({ endpoint: moto.url, region, credentials: testCredentials });
    aws = createAws({ clock: systemClock, endpoint: moto.url, credentials, beforeEffect: async () => {} });
    const nobody = async (): Promise<never> => Promise.reject(new Error('it is not asked here'));
    actions = createActions({ aws, home: testHome, ...simulatedProbes(nobody) });
    await makeTable();
  }, 60_000);
  afterAll(async () => {
    client.destroy();
    aws.close();
    await moto.stop();
  });

  async function makeTable(): Promise<void> {
    const key = { AttributeName: 'record_id', AttributeType: 'S', KeyType: 'HASH' } as const;
    const other = { AttributeName: 'flight_id', AttributeType: 'S', KeyType: 'HASH' } as const;
    const Projection = { ProjectionType: 'ALL' } as const;
    await client.send(
      new CreateTableCommand({
        TableName: main.table,
        AttributeDefinitions: [key, other].map(({ AttributeName, AttributeType }) => ({
          AttributeName,
          AttributeType,
        })),
        KeySchema: [{ AttributeName: key.AttributeName, KeyType: key.KeyType }],
        GlobalSecondaryIndexes: [
          { IndexName: 'by-flight', KeySchema: [{ AttributeName: 'flight_id', KeyType: 'HASH' }], Projection },
        ],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    for (let nth = 1; nth <= 5; nth += 1) {
      const note = { S: 'x'.repeat(300_000) };
      const Item = { record_id: { S: `rec-${nth}` }, flight_id: { S: 'UA100' }, note };
      await client.send(new PutItemCommand({ TableName: main.table, Item }));
    }
  }

  const context = (owner = 'run_1/step'): StepContext => ({
    clock: systemClock,
    signal: new AbortController().signal,
    mode: 'graceful',
    purpose: 'run',
    regions: { active: region, standby: 'us-west-2', primary: region, recovery: 'us-west-2' },
    owner,
  });

  function actionOf(name: string): Action {
    const found = actions.get(name);
    if (!found) throw new Error(`no action ${name}`);
    return found;
  }

  async function outputOf(name: string, input: JsonObject, receipt: JsonObject): Promise<JsonObject> {
    for (let looks = 0; looks < 5; looks += 1) {
      const seen = await lookOn(actionOf(name), input, receipt, context());
      if (seen.state === 'done') return seen.output;
      expect(seen).toMatchObject({ state: 'working' });
    }
    throw new Error(`${name} does not end`);
  }

  /** Plans, sends, finds what was sent, sees it done and then plans no change. */
  async function carryOut(name: string, input: JsonObject): Promise<JsonObject> {
    const action = actionOf(name);
    const plan = await action.plan(input, context());
    expect([plan.noChange, plan.checks.filter(({ verdict }) => verdict !== 'pass')]).toEqual([false, []]);
    const captured = await action.capture(input, context());
    expect(await action.lookup(input, 'token', captured, context())).toEqual({ happened: false });
    const receipt = await action.apply(input, 'token', captured, context());
    expect(await action.lookup(input, 'token', captured, context())).toMatchObject({ happened: true });
    const output = await outputOf(name, input, receipt);
    expect((await action.plan(input, context())).noChange).toBe(true);
    return output;
  }

  it('makes a backup, finds it as the newest, restores it, proves it and deletes what it made', async () => {
    const made = await carryOut('dynamodb.create-backup', main);
    const listed = await client.send(new ListBackupsCommand({ TableName: main.table }));
    expect(listed.BackupSummaries?.map(({ BackupName }) => BackupName)).toEqual(['flightdata-main-step-1']);
    const newest = await outputOf('dynamodb.select-backup', main, {});
    expect(newest).toMatchObject({ backup_arn: made.backup_arn, type: 'USER' });
    const restored = await carryOut('dynamodb.restore-backup', { region, backup_arn: newest.backup_arn ?? '' });
    expect(restored).toMatchObject({ table: 'flightdata-main-restored-1', source: main.table });
    const canaries = [{ record_id: 'rec-5' }];
    const compared = {
      region,
      table: 'flightdata-main-restored-1',
      source: main.table,
      canaries,
      tolerance_percent: 0,
    };
    expect(await outputOf('dynamodb.compare-tables', compared, {})).toEqual({
      count: 5,
      source_count: 5,
      difference_percent: 0,
    });
    expect(await carryOut('dynamodb.delete-table', { region, source: main.table })).toEqual({
      table: 'flightdata-main-restored-1',
    });
  }, 60_000);

  it('turns recovery on, and restores to the latest time', async () => {
    await carryOut('dynamodb.ensure-pitr', main);
    const latest = { ...main, time: 'latest', suffix: 'recovery' };
    expect(await carryOut('dynamodb.restore-to-time', latest)).toMatchObject({ table: 'flightdata-main-recovery-1' });
  }, 60_000);

  it('denies writes, and lets them again', async () => {
    const action = actionOf('dynamodb.deny-writes');
    const later = {
      ...context(),
      clock: { ...systemClock, now: () => new Date(systemClock.now().getTime() + 60_000) },
    };
    for (const denied of [true, false]) {
      const input = { ...main, denied };
      const receipt = await action.apply(input, 'token', await action.capture(input, context()), context());
      expect(await action.observe(input, receipt, context())).toMatchObject({ state: 'working' });
      expect(await action.observe(input, receipt, later)).toMatchObject({ state: 'done', output: { denied } });
      expect((await action.plan(input, context())).noChange).toBe(true);
    }
  });

  it('looks at every item by pages', async () => {
    const looked = { ...main, required: ['flight_id', 'airport'], formats: { flight_id: '/^UA/' } };
    expect(await outputOf('dynamodb.check-items', looked, {})).toMatchObject({
      scanned: 5,
      bad: 5,
      faults: { 'airport is missing': 5 },
    });
  });

  it('gives another table the settings of the first', async () => {
    const table = 'flightdata-main-recovery-1';
    const settings = { ttl: 'expires_at', stream: 'KEYS_ONLY', deletion_protection: true, tags: { system: 'flight' } };
    await carryOut('dynamodb.reapply-settings', { ...main, settings });
    expect(await carryOut('dynamodb.reapply-settings', { region, table, source: main.table })).toMatchObject({
      settings: ['deletion_protection', 'point_in_time_recovery', 'stream', 'tags', 'ttl'],
    });
  }, 60_000);

  it('finds no table, no backup and nothing of its own where there is none', async () => {
    const plan = await actionOf('dynamodb.create-backup').plan({ region, table: 'nothing' }, context());
    expect(plan.checks.map(({ verdict }) => verdict)).toContain('fail');
    const none = await actionOf('dynamodb.select-backup').observe({ region, table: 'nothing' }, {}, context());
    expect(none).toMatchObject({ state: 'failed' });
    await expect(actionOf('dynamodb.delete-table').capture(main, context())).rejects.toThrow(/does not bear the tag/);
  });
});
