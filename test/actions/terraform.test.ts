import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Observation } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { type Ground, makeGround } from './ground.ts';

let ground: Ground;
beforeEach(async () => {
  const wanted = ['aws_ecs_cluster.main', 'aws_ecs_service.app'];
  const workspaces = { 'disaster-recovery': ['aws_ecs_cluster.main', 'aws_db_instance.old'] };
  const estate = { ...exampleCloud('acme'), programs: { terraform: { main: { wanted, workspaces } } } };
  ground = await makeGround({ estate });
});
afterEach(() => ground.close());

const recovery = { configuration: 'main', workspace: 'disaster-recovery' };

async function watch(name: string, input: JsonObject, receipt: JsonObject = {}): Promise<Observation> {
  for (let look = 0; look < 500; look += 1) {
    const seen = await ground.action(name).observe(input, receipt, ground.ctx());
    if (seen.state === 'done' || seen.state === 'failed') return seen;
    await ground.clock.sleep(seen.againInMs ?? 15_000);
  }
  throw new Error('it never ended');
}

async function carryOut(name: string, input: JsonObject, token = 'token-1'): Promise<Observation> {
  const act = ground.action(name);
  const receipt = await act.apply(input, token, await act.capture(input, ground.ctx()), ground.ctx());
  return watch(name, input, receipt);
}

async function planned(place: JsonObject): Promise<JsonObject> {
  const seen = await watch('terraform.plan', place);
  if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
  return seen.output;
}

const verdictsOf = async (name: string, input: JsonObject) =>
  Object.fromEntries(
    (await ground.action(name).plan(input, ground.ctx())).checks.map(({ id, verdict, found }) => [
      id,
      [verdict, found],
    ]),
  );

describe('terraform.plan and terraform.apply', () => {
  it('show what would be destroyed, and apply it only where that many are allowed', async () => {
    const { plan, digest, summary } = await planned(recovery);
    expect(summary).toBe(
      'In the workspace disaster-recovery of main: 1 to create, 0 to change, 1 to destroy or replace, which are aws_db_instance.old.',
    );
    const apply = { ...recovery, plan, digest } as JsonObject;
    expect(await verdictsOf('terraform.apply', apply)).toMatchObject({ destroyed: ['fail', 'aws_db_instance.old'] });
    await expect(carryOut('terraform.apply', apply)).rejects.toThrow(/Nothing was applied: .*aws_db_instance\.old/);
    expect(await carryOut('terraform.apply', { ...apply, most_destroyed: 1 })).toEqual({
      state: 'done',
      output: { resources: ['aws_ecs_cluster.main', 'aws_ecs_service.app'] },
    });
  });

  it('apply no plan but the one that was approved', async () => {
    const { plan } = await planned(recovery);
    const other = { ...recovery, plan, digest: '0'.repeat(64), most_destroyed: 1 } as JsonObject;
    expect(await verdictsOf('terraform.apply', other)).toMatchObject({ plan: ['fail', expect.any(String)] });
    await expect(carryOut('terraform.apply', other)).rejects.toThrow(/plan is what was approved/);
  });

  it('work in no workspace that is not there', async () => {
    const nowhere = { ...recovery, workspace: 'production' };
    expect(await verdictsOf('terraform.plan', nowhere)).toMatchObject({
      workspace: ['fail', 'default, disaster-recovery'],
    });
    expect(await watch('terraform.plan', nowhere)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('there is no workspace production'),
    });
  });

  it('are failed by Terraform, in its own words, and begin anew when asked again', async () => {
    ground.world.setFault({
      kind: 'terraform-fails',
      configuration: 'main',
      verb: 'plan',
      output: 'Error: no credentials',
    });
    expect(await watch('terraform.plan', recovery)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('exit code 1: Error: no credentials'),
    });
    ground.world.clearFaults();
    expect(await watch('terraform.plan', recovery)).toMatchObject({ state: 'done' });
  });

  it('do not know of an apply that this Muster did not begin', async () => {
    const { plan, digest } = await planned(recovery);
    const apply = { ...recovery, plan, digest, most_destroyed: 1 } as JsonObject;
    const act = ground.action('terraform.apply');
    expect(await act.lookup(apply, 'token-1', { at: '2026-03-01T12:00:00Z' }, ground.ctx())).toMatchObject({
      happened: 'unknowable',
      why: expect.stringContaining('started anew'),
    });
  });
});

describe('a workspace for a test', () => {
  it('is made, filled, destroyed with what is in it, and gone; a second destroy changes nothing', async () => {
    const made = await carryOut('terraform.create-workspace', { configuration: 'main', suffix: 'quarterly' });
    expect(made).toEqual({ state: 'done', output: { workspace: 'dr-test-quarterly-1' } });
    const place = { configuration: 'main', workspace: 'dr-test-quarterly-1' };
    const { plan, digest } = await planned(place);
    expect(await carryOut('terraform.apply', { ...place, plan, digest } as JsonObject)).toMatchObject({
      state: 'done',
    });
    expect(await carryOut('terraform.destroy', place, 'token-2')).toEqual({
      state: 'done',
      output: { destroyed: ['aws_ecs_cluster.main', 'aws_ecs_service.app'] },
    });
    expect(await ground.action('terraform.destroy').plan(place, ground.ctx())).toMatchObject({ noChange: true });
    expect(await verdictsOf('terraform.plan', place)).toMatchObject({
      workspace: ['fail', 'default, disaster-recovery'],
    });
  });

  it('is found by its suffix, for a step that runs whatever happened', async () => {
    const own = { configuration: 'main', suffix: 'quarterly' };
    await carryOut('terraform.create-workspace', own);
    const place = { configuration: 'main', workspace: 'dr-test-quarterly-1' };
    const { plan, digest } = await planned(place);
    await carryOut('terraform.apply', { ...place, plan, digest } as JsonObject);
    expect(await carryOut('terraform.destroy', own, 'token-2')).toEqual({
      state: 'done',
      output: { destroyed: ['aws_ecs_cluster.main', 'aws_ecs_service.app'] },
    });
    await expect(ground.action('terraform.destroy').plan({ ...own, ...place }, ground.ctx())).rejects.toThrow(
      'expected either workspace or suffix',
    );
  });

  it('of another run is not destroyed', async () => {
    const other = { configuration: 'main', workspace: 'dr-test-quarterly-2' };
    expect(await verdictsOf('terraform.destroy', other)).toMatchObject({ own: ['fail', expect.any(String)] });
    await expect(carryOut('terraform.destroy', other)).rejects.toThrow(/not one that this run has made/);
  });

  it('is removed again by undo, while it is empty', async () => {
    const act = ground.action('terraform.create-workspace');
    const input = { configuration: 'main', suffix: 'quarterly' };
    const captured = await act.capture(input, ground.ctx());
    await carryOut('terraform.create-workspace', input);
    const back = act.restore(input, captured);
    if (back === null) throw new Error('expected something to put back');
    const undo = ground.ctx({ owner: 'run_2/step' });
    expect(await act.plan(back, undo)).toMatchObject({ noChange: false });
    const receipt = await act.apply(back, 'token-2', await act.capture(back, undo), undo);
    expect(await act.observe(back, receipt, undo)).toMatchObject({ state: 'done' });
    expect(await act.plan(back, undo)).toMatchObject({ noChange: true });
  });
});
