import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ActionPlan, Check, Observation } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { EstateInput } from '../../src/sim/index.ts';
import { cloudWithRestored, databaseCloud } from './cases/rds-changes.ts';
import { type Ground, lookOn, makeGround } from './ground.ts';

const database = { region: 'us-west-2', instance: 'contractorlens-db' };
const query = { connection: 'env:CONTRACTORLENS_DB', query: 'select 1 as one', expect: { one: 1 } };

let ground: Ground;
beforeEach(async () => {
  ground = await makeGround({ estate: cloudWithRestored() });
});
afterEach(() => ground.close());

async function restart(estate: EstateInput): Promise<void> {
  ground.close();
  ground = await makeGround({ estate });
}

function check(plan: ActionPlan, id: string): Check {
  const found = plan.checks.find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
}

async function send(name: string, input: JsonObject, owner = 'run_1/step') {
  const act = ground.action(name);
  const captured = await act.capture(input, ground.ctx({ owner }));
  return { captured, receipt: await act.apply(input, 'token', captured, ground.ctx({ owner })) };
}

async function watch(
  name: string,
  input: JsonObject,
  receipt: JsonObject | null,
  owner = 'run_1/step',
): Promise<Observation> {
  const until = ground.clock.now().getTime() + 3_600_000;
  for (;;) {
    const seen = await lookOn(ground.action(name), input, receipt, ground.ctx({ owner }));
    if (seen.state === 'done' || seen.state === 'failed' || ground.clock.now().getTime() > until) return seen;
    await ground.clock.sleep(seen.againInMs ?? 15_000);
  }
}

async function carryOut(name: string, input: JsonObject): Promise<{ captured: JsonObject; seen: Observation }> {
  const { captured, receipt } = await send(name, input);
  return { captured, seen: await watch(name, input, receipt) };
}

const accepted = (command: string) =>
  ground.world.audit().effects.filter((one) => one.command === command && one.accepted);
const writing = () => ground.world.view().writers.now.map(({ id }) => id);
const answers = async (): Promise<boolean> =>
  (await ground.action('sql.assert').observe(query, {}, ground.ctx())).state === 'done';

describe('rds.fence', () => {
  const input = { ...database, security_groups: ['sg-0c10dbfence'] };

  it('cuts what is connected, which the change of groups alone does not', async () => {
    const { receipt } = await send('rds.fence', input);
    await ground.clock.sleep(600_000);
    expect(writing()).toEqual(['contractorlens-db']);
    expect(await answers()).toBe(false);
    const seen = await watch('rds.fence', input, receipt);
    expect(seen).toEqual({ state: 'done', output: { security_groups: ['sg-0c10dbfence'] } });
    expect(writing()).toEqual([]);
    expect(accepted('RebootDBInstance')).toHaveLength(1);
    await ground.clock.sleep(3_600_000);
    expect(writing()).toEqual([]);
  });

  it('lets its clients in again', async () => {
    const { captured } = await carryOut('rds.fence', input);
    const back = ground.action('rds.fence').restore(input, captured) ?? {};
    expect(back).toEqual({ ...database, security_groups: ['sg-0c10db'], lift: true });
    expect((await carryOut('rds.fence', back)).seen).toMatchObject({ state: 'done' });
    expect(await answers()).toBe(true);
    expect(writing()).toEqual(['contractorlens-db']);
    expect(accepted('RebootDBInstance')).toHaveLength(1);
    const again = await ground.action('rds.fence').plan(input, ground.ctx());
    expect(again).toMatchObject({ noChange: false, before: { security_groups: ['sg-0c10db'] } });
  });

  it('reboots what somebody only gave the groups: those do not tell who is still connected', async () => {
    await carryOut('rds.fence', { ...input, lift: true });
    expect(writing()).toEqual(['contractorlens-db']);
    expect((await ground.action('rds.fence').plan(input, ground.ctx())).noChange).toBe(false);
    await carryOut('rds.fence', input);
    expect(writing()).toEqual([]);
    const other = ground.ctx({ owner: 'run_2/fence' });
    expect((await ground.action('rds.fence').plan(input, other)).noChange).toBe(true);
    expect((await ground.action('rds.fence').observe(input, null, other)).state).toBe('done');
  });

  it('reboots again rather than not at all, where nothing says that it did', async () => {
    ground.world.setFault({ kind: 'call', service: 'rds', command: 'AddTagsToResource', fails: 'timeout', times: 3 });
    const { seen } = await carryOut('rds.fence', input);
    expect(seen.state).toBe('done');
    expect(accepted('RebootDBInstance')).toHaveLength(2);
    expect(writing()).toEqual([]);
  });

  it('is refused with groups that let somebody in, or are of nowhere', async () => {
    const act = ground.action('rds.fence');
    const open = await act.plan({ ...input, security_groups: ['sg-0c10db'] }, ground.ctx());
    expect(check(open, 'closed')).toMatchObject({ verdict: 'fail', found: 'sg-0c10db with 1 inbound rules' });
    const missing = await act.plan({ ...input, security_groups: ['sg-nowhere'] }, ground.ctx());
    expect(check(missing, 'closed').verdict).toBe('fail');
    await restart(withForeignGroup());
    const foreign = await ground.action('rds.fence').plan({ ...input, security_groups: ['sg-other'] }, ground.ctx());
    expect(check(foreign, 'vpc')).toMatchObject({ verdict: 'fail', found: 'sg-other in vpc-other' });
  });

  function withForeignGroup(): EstateInput {
    const estate = cloudWithRestored();
    const group = { region: 'us-west-2', id: 'sg-other', name: 'other', description: 'elsewhere', vpc: 'vpc-other' };
    return { ...estate, ec2: { ...estate.ec2, securityGroups: [...(estate.ec2?.securityGroups ?? []), group] } };
  }

  it('is what a database that has a replica can be stopped with: RDS refuses to stop it', async () => {
    const estate = databaseCloud();
    const [first] = estate.databases ?? [];
    if (!first) throw new Error('the example has no database');
    const replica = { ...first, region: 'us-east-1', id: 'copy', replicaOf: { region: 'us-west-2', id: first.id } };
    await restart({ ...estate, databases: [first, replica] });
    expect((await carryOut('rds.fence', input)).seen.state).toBe('done');
    expect(writing()).toEqual([]);
  });

  it('lets an ungraceful run carry that its Region does not answer, and nobody a lift', async () => {
    ground.world.setFault({ kind: 'region-dark', region: 'us-west-2' });
    const act = ground.action('rds.fence');
    const { checks } = await act.plan(input, ground.ctx());
    expect(checks).toMatchObject([{ id: 'reachable', verdict: 'unknown', carry: 'ungraceful' }]);
    const lifted = await act.plan({ ...input, lift: true }, ground.ctx());
    expect(lifted.checks).toMatchObject([{ id: 'reachable', verdict: 'unknown', carry: 'never' }]);
  });
});

describe('rds.swap-identifier', () => {
  const input = { ...database, replacement: 'contractorlens-db-restored' };
  const ids = () =>
    ground.world
      .view()
      .regions.flatMap(({ databases }) => databases)
      .map(({ id }) => id)
      .sort();

  it('gives the endpoint to the restored one, and the application with it', async () => {
    const { seen } = await carryOut('rds.swap-identifier', input);
    expect(seen).toEqual({
      state: 'done',
      output: {
        endpoint: 'contractorlens-db.c4d5e6.us-west-2.rds.amazonaws.com:5432',
        host: 'contractorlens-db.c4d5e6.us-west-2.rds.amazonaws.com',
        aside: 'contractorlens-db-old-1',
      },
    });
    expect(ids()).toEqual(['contractorlens-db', 'contractorlens-db-old-1']);
    expect(writing()).toEqual(['contractorlens-db']);
    expect(accepted('ModifyDBInstance').map(({ target }) => target)).toEqual([
      'rds:contractorlens-db',
      'rds:contractorlens-db-restored',
    ]);
  });

  it('is told which groups to expect where a fence has taken those of the old one', async () => {
    await carryOut('rds.fence', { ...database, security_groups: ['sg-0c10dbfence'] });
    const groupsOf = async (more: object) => {
      const { checks } = await ground.action('rds.swap-identifier').plan({ ...input, ...more }, ground.ctx());
      return checks.find(({ id }) => id === 'groups')?.verdict;
    };
    expect(await groupsOf({})).toBe('unknown');
    expect(await groupsOf({ security_groups: ['sg-0c10db'] })).toBe('pass');
    expect(await groupsOf({ security_groups: ['sg-0c10dbfence'] })).toBe('fail');
  });

  it.each([
    ['first', 1],
    ['second', 2],
  ])('sends each rename once, though the answer to the %s is lost', async (_which, nth) => {
    ground.world.setFault({
      kind: 'call',
      command: 'ModifyDBInstance',
      fails: 'lost-answer',
      nth,
      times: 3,
    });
    const act = ground.action('rds.swap-identifier');
    const captured = await act.capture(input, ground.ctx());
    await act.apply(input, 'token', captured, ground.ctx()).catch(() => {});
    const found = await act.lookup(input, 'token', captured, ground.ctx());
    if (found.happened !== true) throw new Error(JSON.stringify(found));
    expect((await watch('rds.swap-identifier', input, found.receipt)).state).toBe('done');
    expect(accepted('ModifyDBInstance')).toHaveLength(2);
    expect(ids()).toEqual(['contractorlens-db', 'contractorlens-db-old-1']);
  });

  it('goes on from between the two renames, as another attempt would', async () => {
    await send('rds.swap-identifier', input);
    await ground.clock.sleep(600_000);
    expect(ids()).toEqual(['contractorlens-db-old-1', 'contractorlens-db-restored']);
    const plan = await ground.action('rds.swap-identifier').plan(input, ground.ctx());
    expect(plan.noChange).toBe(false);
    expect(plan.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    const { captured, seen } = await carryOut('rds.swap-identifier', input);
    expect(seen.state).toBe('done');
    expect(ids()).toEqual(['contractorlens-db', 'contractorlens-db-old-1']);
    expect(captured.aside).toBe('contractorlens-db-old-1');
  });

  it('says which replicas stay behind, and asks for a reason where others would get in', async () => {
    const estate = cloudWithRestored();
    const [first, restored] = estate.databases ?? [];
    if (!first || !restored) throw new Error('the cloud has no two databases');
    const replica = { ...first, region: 'us-east-1', id: 'copy', replicaOf: { region: 'us-west-2', id: first.id } };
    await restart({ ...estate, databases: [first, { ...restored, securityGroups: ['sg-default'] }, replica] });
    const plan = await ground.action('rds.swap-identifier').plan(input, ground.ctx());
    expect(plan.before.replicas).toEqual(['arn:aws:rds:us-east-1:123456789012:db:copy']);
    expect(check(plan, 'groups')).toMatchObject({
      verdict: 'unknown',
      carry: 'with-reason',
      found: expect.stringContaining('sg-default instead of sg-0c10db'),
    });
  });

  it('is refused where there is nothing to swap with, a replica, or somebody of that name', async () => {
    const act = ground.action('rds.swap-identifier');
    const missing = await act.plan({ ...input, replacement: 'nobody' }, ground.ctx());
    expect(check(missing, 'replacement')).toMatchObject({ verdict: 'fail', found: 'no nobody' });
    const taken = await act.plan(
      { ...input, aside: 'contractorlens-db-restored', replacement: 'nobody' },
      ground.ctx(),
    );
    expect(check(taken, 'aside').verdict).toBe('fail');
    ground.world.setFault({ kind: 'database-status', ...database, status: 'backing-up' });
    expect(check(await act.plan(input, ground.ctx()), 'instance')).toMatchObject({ found: 'status backing-up' });
  });
});

describe('rds.create-read-replica', () => {
  const input = {
    region: 'us-east-1',
    instance: 'contractorlens-db-replica',
    source_region: 'us-west-2',
    source: 'contractorlens-db',
    security_groups: ['sg-0e10db'],
    kms_key: 'alias/aws/rds',
  };

  it('asks for a key and for backups of the primary before RDS refuses it', async () => {
    const { kms_key: _, ...keyless } = input;
    const act = ground.action('rds.create-read-replica');
    expect(check(await act.plan(keyless, ground.ctx()), 'key')).toMatchObject({ verdict: 'fail' });
    await expect(send('rds.create-read-replica', keyless)).rejects.toThrow(/KmsKeyId/);
    const estate = databaseCloud();
    const [first] = estate.databases ?? [];
    if (!first) throw new Error('the example has no database');
    await restart({ ...estate, databases: [{ ...first, backupRetentionDays: 0 }] });
    const plan = await ground.action('rds.create-read-replica').plan(input, ground.ctx());
    expect(check(plan, 'backups')).toMatchObject({ verdict: 'fail', found: '0 days' });
    await expect(send('rds.create-read-replica', input)).rejects.toThrow(/backups are not enabled/);
  });

  it('takes nobody else for its replica, and is done only while it replicates', async () => {
    const taken = { ...input, region: 'us-west-2', instance: 'contractorlens-db-restored' };
    const plan = await ground.action('rds.create-read-replica').plan(taken, ground.ctx());
    expect(check(plan, 'name')).toMatchObject({ verdict: 'fail', found: expect.stringContaining('standalone') });
    const { receipt } = await send('rds.create-read-replica', input);
    await ground.clock.sleep(1_800_000);
    const look = () => ground.action('rds.create-read-replica').observe(input, receipt, ground.ctx());
    const id = ground.world.setFault({ kind: 'replication-broken', region: 'us-east-1', instance: input.instance });
    expect(await look()).toMatchObject({ state: 'working', progress: expect.stringContaining('error') });
    ground.world.clearFault(id);
    expect(await look()).toMatchObject({
      state: 'done',
      output: { source: expect.stringMatching(/:db:contractorlens-db$/) },
    });
    const other = await ground.action('rds.create-read-replica').plan(input, ground.ctx({ owner: 'run_2/protect' }));
    expect(other.noChange).toBe(true);
  });
});
