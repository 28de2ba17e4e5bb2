import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ActionPlan, Check, Observation } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { EstateInput, FaultInput } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { type Ground, makeGround } from './ground.ts';

const service = { region: 'us-west-2', cluster: 'contractorlens', service: 'contractorlens' };
const registry = '123456789012.dkr.ecr.us-west-2.amazonaws.com/contractorlens';

function cloud(change: (service: NonNullable<EstateInput['services']>[number]) => object = () => ({})): EstateInput {
  const estate = exampleCloud('contractorlens', [
    'databases',
    'services',
    'taskDefinitions',
    'targetGroups',
    'balancers',
    'zones',
  ]);
  return { ...estate, services: (estate.services ?? []).map((one) => ({ ...one, ...change(one) })) };
}

let ground: Ground;
beforeEach(async () => {
  ground = await makeGround({ estate: cloud() });
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

async function send(name: string, input: JsonObject): Promise<{ receipt: JsonObject; captured: JsonObject }> {
  const act = ground.action(name);
  const captured = await act.capture(input, ground.ctx());
  return { captured, receipt: await act.apply(input, 'token', captured, ground.ctx()) };
}

async function watch(name: string, input: JsonObject, receipt: JsonObject, forMs = 1_200_000): Promise<Observation> {
  const until = ground.clock.now().getTime() + forMs;
  for (;;) {
    const seen = await ground.action(name).observe(input, receipt, ground.ctx());
    if (seen.state === 'done' || seen.state === 'failed' || ground.clock.now().getTime() > until) return seen;
    await ground.clock.sleep(seen.againInMs ?? 15_000);
  }
}

async function carryOut(name: string, input: JsonObject): Promise<Observation> {
  return watch(name, input, (await send(name, input)).receipt);
}

const registrations = () => ground.world.audit().effects.filter(({ command }) => command === 'RegisterTaskDefinition');
const breakImage = (tag: string, how: 'exits' | 'cannot-pull' = 'exits'): FaultInput => ({
  kind: 'image-broken',
  region: 'us-west-2',
  image: `${registry}:${tag}`,
  how,
});
const withBreaker = cloud(() => ({ circuitBreaker: { enable: true, rollback: true } }));

describe('ecs.deploy', () => {
  const restored = 'contractorlens-db-restored.c4d5e6.us-west-2.rds.amazonaws.com';

  it('changes what it names and keeps the rest: roles, other variables, secrets', async () => {
    const input = { ...service, environment: { DB_HOST: restored, LOG_LEVEL: 'debug' } };
    const plan = await ground.action('ecs.deploy').plan(input, ground.ctx());
    expect(plan.before).toMatchObject({
      task_definition: 'contractorlens:42',
      environment: { DB_HOST: 'contractorlens-db.c4d5e6.us-west-2.rds.amazonaws.com', LOG_LEVEL: 'info' },
    });
    expect(plan.after).toMatchObject({ task_definition: 'a revision of contractorlens with this' });
    expect(await carryOut('ecs.deploy', input)).toEqual({
      state: 'done',
      output: { task_definition: 'contractorlens:43', running: 2 },
    });
    const again = await ground.action('ecs.deploy').plan({ ...input, image: `${registry}:v42` }, ground.ctx());
    expect(again.noChange).toBe(true);
    const definitions = (ground.world.snapshot() as unknown as { taskDefinitions: JsonObject[] }).taskDefinitions;
    const [before, after] = [42, 43].map((revision) =>
      definitions.find((one) => one.region === 'us-west-2' && one.revision === revision),
    );
    const { containers: [was] = [], ...rest } = before as unknown as { containers: JsonObject[] };
    const { containers: [is] = [] } = after as unknown as { containers: JsonObject[] };
    expect(after).toMatchObject({
      ...rest,
      revision: 43,
      registeredAt: expect.any(Number),
      tags: { 'muster:run': 'run_1', 'muster:step': 'run_1/step' },
    });
    expect(is).toEqual({ ...was, environment: expect.any(Array) });
    expect(is?.environment).toContainEqual({ name: 'DB_HOST', value: restored });
  });

  it('registers one revision, whichever answer is lost', async () => {
    const input = { ...service, image: `${registry}:v43` };
    const act = ground.action('ecs.deploy');
    const captured = await act.capture(input, ground.ctx());
    ground.world.setFault({ kind: 'call', command: 'UpdateService', fails: 'timeout', times: 3 });
    await expect(act.apply(input, 'token', captured, ground.ctx())).rejects.toThrow(/not confirmed/);
    expect(await act.lookup(input, 'token', captured, ground.ctx())).toEqual({ happened: false });
    await act.apply(input, 'token', captured, ground.ctx());
    expect(registrations()).toHaveLength(1);
    expect(await act.lookup(input, 'token', captured, ground.ctx())).toMatchObject({
      happened: true,
      receipt: { task_definition: 'contractorlens:43' },
    });
  });

  it("tells the circuit breaker's roll-back from success, though the service is as steady as can be", async () => {
    await restart(withBreaker);
    ground.world.setFault(breakImage('v43', 'cannot-pull'));
    const input = { ...service, image: `${registry}:v43` };
    const { receipt, captured } = await send('ecs.deploy', input);
    const seen = await watch('ecs.deploy', input, receipt);
    expect(seen).toMatchObject({ state: 'failed', why: expect.stringMatching(/contractorlens:43.*rolled back/) });
    await ground.clock.sleep(1_200_000);
    const steady = await watch('ecs.check-service', { ...service, minimum: 2 }, {});
    expect(steady).toMatchObject({ state: 'done', output: { task_definition: 'contractorlens:42' } });
    expect((await ground.action('ecs.deploy').observe(input, receipt, ground.ctx())).state).toBe('failed');
    expect(await ground.action('ecs.deploy').lookup(input, 'token', captured, ground.ctx())).toMatchObject({
      happened: true,
    });
  });

  it('fails with the reason of ECS where the circuit breaker does not roll back, and may be tried again', async () => {
    await restart(cloud(() => ({ circuitBreaker: { enable: true, rollback: false } })));
    const id = ground.world.setFault(breakImage('v43', 'cannot-pull'));
    const input = { ...service, image: `${registry}:v43` };
    const seen = await carryOut('ecs.deploy', input);
    expect(seen).toMatchObject({ state: 'failed', why: expect.stringContaining('circuit breaker') });
    ground.world.clearFault(id);
    expect((await ground.action('ecs.deploy').plan(input, ground.ctx())).noChange).toBe(false);
    expect(await carryOut('ecs.deploy', input)).toMatchObject({ state: 'done' });
    expect(registrations()).toHaveLength(1);
  });

  it('does not take a rollout for done whose tasks run for a moment and end', async () => {
    ground.world.setFault(breakImage('v43'));
    const input = { ...service, image: `${registry}:v43` };
    const seen = await carryOut('ecs.deploy', input);
    expect(seen).toMatchObject({
      state: 'working',
      progress: expect.stringMatching(/2 of before still running, \d+ failed/),
    });
  });

  it('asks for a reason where a forced deployment pulls what was pushed last', async () => {
    const estate = cloud();
    const definitions = (estate.taskDefinitions ?? []).map((one) => ({ ...one, image: `${registry}:latest` }));
    const input = { ...service, force: true };
    const fixed = await ground.action('ecs.deploy').plan(input, ground.ctx());
    expect(check(fixed, 'image')).toMatchObject({ verdict: 'pass', found: expect.stringContaining(':v42') });
    await restart({ ...estate, taskDefinitions: definitions });
    const plan = await ground.action('ecs.deploy').plan(input, ground.ctx());
    expect(check(plan, 'image')).toMatchObject({
      verdict: 'unknown',
      carry: 'with-reason',
      found: expect.stringContaining('pushed last'),
    });
    ground.world.setFault(breakImage('latest'));
    expect((await carryOut('ecs.deploy', input)).state).toBe('working');
  });

  it('deploys no inactive revision, and no container that is not there', async () => {
    const estate = cloud();
    const inactive = { region: 'us-west-2', family: 'contractorlens', revision: 40, status: 'INACTIVE' } as const;
    await restart({ ...estate, taskDefinitions: [...(estate.taskDefinitions ?? []), inactive] });
    const act = ground.action('ecs.deploy');
    const named = await act.plan({ ...service, task_definition: 'contractorlens:40' }, ground.ctx());
    expect(check(named, 'revision')).toMatchObject({ verdict: 'fail', found: 'contractorlens:40, INACTIVE' });
    const sidecar = await act.plan({ ...service, container: 'sidecar', image: 'x:1' }, ground.ctx());
    expect(check(sidecar, 'container')).toMatchObject({ verdict: 'fail', found: 'no container sidecar; there is app' });
    const missing = await act.plan({ ...service, task_definition: 'contractorlens:99' }, ground.ctx());
    expect(missing.noChange).toBe(false);
    expect(check(missing, 'revision').verdict).not.toBe('pass');
  });
});

describe('ecs.roll-back', () => {
  it('goes back to the revision that last worked, though the present one did complete', async () => {
    await carryOut('ecs.deploy', { ...service, image: `${registry}:v43` });
    ground.world.setFault(breakImage('v43'));
    await ground.clock.sleep(120_000);
    expect((await watch('ecs.check-service', service, {}, 300_000)).state).toBe('working');
    const plan = await ground.action('ecs.roll-back').plan(service, ground.ctx());
    expect(plan).toMatchObject({
      before: { task_definition: 'contractorlens:43' },
      after: { task_definition: 'contractorlens:42' },
    });
    expect(await carryOut('ecs.roll-back', service)).toMatchObject({
      state: 'done',
      output: { task_definition: 'contractorlens:42' },
    });
    expect(await watch('ecs.check-service', { ...service, quiet: '5m' }, {})).toMatchObject({ state: 'done' });
  });

  it('stays where it went back to: twice in a row would leave what works', async () => {
    await carryOut('ecs.deploy', { ...service, image: `${registry}:v43` });
    await carryOut('ecs.roll-back', service);
    const plan = await ground.action('ecs.roll-back').plan(service, ground.ctx({ owner: 'run_2/step' }));
    expect(plan).toMatchObject({ noChange: true, after: { task_definition: 'contractorlens:42' } });
    expect(check(plan, 'earlier').found).toMatch(/went back from contractorlens:43/);
  });

  it('stays where the circuit breaker has gone back to, and goes further only to what is named', async () => {
    await restart(withBreaker);
    ground.world.setFault(breakImage('v43', 'cannot-pull'));
    await carryOut('ecs.deploy', { ...service, image: `${registry}:v43` });
    await ground.clock.sleep(1_200_000);
    const plan = await ground.action('ecs.roll-back').plan(service, ground.ctx());
    expect(plan).toMatchObject({ noChange: true, after: { task_definition: 'contractorlens:42' } });
    expect(check(plan, 'earlier').found).toMatch(/ECS itself rolled back contractorlens:43/);
    const further = { ...service, task_definition: 'contractorlens:41' };
    expect(await carryOut('ecs.roll-back', further)).toMatchObject({
      output: { task_definition: 'contractorlens:41' },
    });
  });

  it('overtakes a rollout that never ends', async () => {
    ground.world.setFault(breakImage('v43'));
    await send('ecs.deploy', { ...service, image: `${registry}:v43` });
    await ground.clock.sleep(600_000);
    expect(await carryOut('ecs.roll-back', service)).toMatchObject({
      state: 'done',
      output: { task_definition: 'contractorlens:42', running: 2 },
    });
  });

  it('says that there is nothing to go back to', async () => {
    await restart(cloud(() => ({ taskDefinition: 'contractorlens:1' })));
    const plan = await ground.action('ecs.roll-back').plan(service, ground.ctx());
    expect(check(plan, 'earlier')).toMatchObject({
      verdict: 'fail',
      found: expect.stringContaining('name a revision'),
    });
  });
});

describe('ecs.check-service', () => {
  it('waits for tasks, for one deployment at rest, and until no task has failed for a while', async () => {
    const id = ground.world.setFault(breakImage('v42'));
    await ground.clock.sleep(20_000);
    const look = () => ground.action('ecs.check-service').observe({ ...service, minimum: 2 }, {}, ground.ctx());
    expect(await look()).toMatchObject({ state: 'working', progress: expect.stringContaining('2 needed') });
    // By its counts alone a service whose tasks come and go is steady from time to time.
    await ground.clock.sleep(70_000);
    expect(await look()).toMatchObject({ state: 'working', progress: expect.stringMatching(/2 tasks failed lately/) });
    ground.world.clearFault(id);
    await ground.clock.sleep(120_000);
    expect(await look()).toMatchObject({
      state: 'working',
      progress: expect.stringMatching(/failed lately.*Essential container/),
    });
    await ground.clock.sleep(400_000);
    expect(await look()).toMatchObject({ state: 'done', output: { running: 2, desired: 2 } });
    await send('ecs.deploy', { ...service, force: true });
    await ground.clock.sleep(30_000);
    expect((await look()).state).toBe('working');
  });

  it('is not content with a service that is stopped', async () => {
    await carryOut('ecs.scale-service', { ...service, count: 0 });
    expect(await ground.action('ecs.check-service').observe(service, {}, ground.ctx())).toMatchObject({
      state: 'working',
    });
  });
});
