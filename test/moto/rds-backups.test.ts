import {
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createAws } from '../../src/actions/kit/aws.ts';
import { createActions } from '../../src/actions/registry.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import type { Action, ActionRegistry, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { simulatedProbes } from '../../src/sim/index.ts';
import { createClients, readNetwork, testCredentials } from '../support/estate-clients.ts';
import { testHome } from '../support/home-folder.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { describeWith } from '../support/needs.ts';

const primary = 'us-west-2';
const recovery = 'us-east-1';
const database = { region: primary, instance: 'orders-db' };

describeWith('moto_server', "backups of a database on AWS's own wire", () => {
  let moto: Moto;
  let actions: ActionRegistry;
  let groups: string[];

  beforeAll(async () => {
    moto = await startMoto();
    groups = [await prepare(primary), await prepare(recovery)];
    await createClients(moto.url, primary).rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: 'orders-db',
        Engine: 'postgres',
        DBInstanceClass: 'db.m6g.large',
        AllocatedStorage: 20,
        MasterUsername: 'app',
        MasterUserPassword: 'only-in-moto',
        BackupRetentionPeriod: 7,
        StorageEncrypted: true,
        DBSubnetGroupName: 'orders-private',
        DBParameterGroupName: 'orders-postgres16',
        VpcSecurityGroupIds: [groups[0] ?? ''],
      }),
    );
    const aws = createAws({
      clock: systemClock,
      endpoint: moto.url,
      credentials: () => testCredentials,
      beforeEffect: async () => {},
    });
    const nobody = async (): Promise<never> => Promise.reject(new Error('it is not asked here'));
    actions = createActions({ aws, home: testHome, ...simulatedProbes(nobody) });
  }, 60_000);
  afterAll(() => moto.stop());

  /** The groups of the database, under the same names in each Region; returns the security group's id. */
  async function prepare(region: string): Promise<string> {
    const { rds } = createClients(moto.url, region);
    const { subnets, group } = await readNetwork(moto.url, region);
    const Description = 'orders';
    await rds.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: 'orders-private',
        DBSubnetGroupDescription: Description,
        SubnetIds: subnets,
      }),
    );
    const family = { DBParameterGroupFamily: 'postgres16', Description };
    await rds.send(new CreateDBParameterGroupCommand({ DBParameterGroupName: 'orders-postgres16', ...family }));
    return group;
  }

  const ctx = (changes: Partial<StepContext> = {}): StepContext => ({
    clock: systemClock,
    signal: new AbortController().signal,
    mode: 'graceful',
    purpose: 'run',
    regions: { active: primary, standby: recovery, primary, recovery },
    owner: 'run_1/step',
    ...changes,
  });

  function named(name: string): Action {
    const action = actions.get(name);
    if (!action) throw new Error(`no action ${name}`);
    return action;
  }

  /** Planned, sent, found, seen done; then nothing is left to change, and a second sending is refused by its name. */
  async function carry(name: string, input: JsonObject): Promise<JsonObject> {
    const act = named(name);
    const plan = await act.plan(input, ctx({ purpose: 'plan' }));
    expect(plan.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(plan.noChange).toBe(false);
    const captured = await act.capture(input, ctx());
    expect(await act.lookup(input, 'token', captured, ctx())).toEqual({ happened: false });
    const receipt = await act.apply(input, 'token', captured, ctx());
    expect(await act.lookup(input, 'token', captured, ctx())).toMatchObject({ happened: true });
    await expect(act.apply(input, 'token', captured, ctx())).rejects.toThrow(/already exists/i);
    const seen = await act.observe(input, receipt, ctx());
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    const checks = await act.verify(input, seen.output, ctx());
    expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect((await act.plan(input, ctx())).noChange).toBe(true);
    expect((await act.plan(input, ctx({ owner: 'run_1/another' }))).checks).toContainEqual(
      expect.objectContaining({ id: 'name', verdict: 'fail' }),
    );
    return seen.output;
  }

  it('takes a snapshot, copies it, restores it in the other Region, and takes the new instance away', async () => {
    const taken = await carry('rds.create-snapshot', database);
    const copied = await carry('rds.copy-snapshot', {
      region: recovery,
      source: taken.arn ?? '',
      instance: 'orders-db',
      kms_key: 'alias/aws/rds',
    });
    const east = createClients(moto.url, recovery);
    const { DBSnapshots } = await east.rds.send(new DescribeDBSnapshotsCommand({}));
    expect(DBSnapshots?.map((one) => one.DBSnapshotIdentifier)).toEqual(['orders-db-copy-1']);
    const restored = await carry('rds.restore-snapshot', {
      region: recovery,
      snapshot: copied.snapshot ?? '',
      instance: 'orders-db',
      security_groups: [groups[1] ?? ''],
      subnet_group: 'orders-private',
      parameter_group: 'orders-postgres16',
    });
    expect(restored.instance).toBe('orders-db-restored-1');
    const drop = named('rds.delete-instance');
    const doomed = { region: recovery, made_from: 'orders-db', suffix: 'restored' };
    const captured = await drop.capture(doomed, ctx());
    const receipt = await drop.apply(doomed, 'token', captured, ctx());
    expect(await drop.observe(doomed, receipt, ctx())).toMatchObject({ state: 'done' });
    const { DBInstances } = await east.rds.send(new DescribeDBInstancesCommand({}));
    expect(DBInstances).toEqual([]);
  });

  it('finds the newest snapshot, and that backups are kept', async () => {
    const chosen = { ...database, kind: 'manual', max_age: '1h' };
    const found = await named('rds.select-snapshot').observe(chosen, null, ctx());
    expect(found).toMatchObject({ state: 'done', output: { snapshot: 'orders-db-snapshot-1' } });
    const kept = await named('rds.check-backups').observe(
      { ...database, retention_days: 7, max_age: '15m' },
      null,
      ctx(),
    );
    expect(kept).toMatchObject({ state: 'done', output: { retention_days: 7 } });
  });

  it('does not delete what no run has made', async () => {
    const plan = await named('rds.delete-instance').plan(database, ctx());
    expect(plan.checks).toContainEqual(expect.objectContaining({ id: 'owned', verdict: 'fail' }));
  });
});
