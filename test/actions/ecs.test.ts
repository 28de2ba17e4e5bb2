import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { holdAt, isHeld } from '../../src/actions/ecs/autoscaling.ts';
import { ScaleInput } from '../../src/actions/ecs/scale-input.ts';
import { seenIn } from '../../src/actions/ecs/scale-observe.ts';
import type { CountedService } from '../../src/actions/ecs/service.ts';
import type { Observation } from '../../src/domain/action.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { type Ground, makeGround } from './ground.ts';

let ground: Ground;
beforeEach(async () => {
  ground = await makeGround();
});
afterEach(() => ground.close());

const service = { region: 'us-west-2', cluster: 'dr-cluster', service: 'app-service' };
const fence = { region: 'us-east-1', cluster: 'prod-cluster', service: 'app-service', count: 0 };

describe('ecs.scale-service', () => {
  it('holds its count for as long as autoscaling would have undone it', async () => {
    const act = ground.action('ecs.scale-service');
    for (const input of [{ ...service, count: 10 }, fence]) {
      await act.apply(input, 'token', await act.capture(input, ground.ctx()), ground.ctx());
      await ground.clock.sleep(3_600_000);
      const plan = await act.plan(input, ground.ctx());
      expect(plan.before).toMatchObject({ desired: input.count, running: input.count, standing: 'as asked' });
      expect(plan.noChange).toBe(true);
    }
  });

  it('goes on with the minimum, and waits for all without one', async () => {
    ground.world.setFault({
      kind: 'tasks-do-not-start',
      region: 'us-west-2',
      cluster: 'dr-cluster',
      service: 'app-service',
      short: 6,
    });
    const act = ground.action('ecs.scale-service');
    const input = { ...service, count: 10 };
    const receipt = await act.apply(input, 'token', await act.capture(input, ground.ctx()), ground.ctx());
    await ground.clock.sleep(10 * 60_000);
    expect(await act.observe({ ...input, minimum: 4 }, receipt, ground.ctx())).toEqual({
      state: 'done',
      output: { running: 4, count: 10 },
    });
    expect((await act.observe(input, receipt, ground.ctx())).state).not.toBe('done');
  });

  async function stop(): Promise<() => Promise<Observation>> {
    const act = ground.action('ecs.scale-service');
    const receipt = await act.apply(fence, 'token', await act.capture(fence, ground.ctx()), ground.ctx());
    return () => act.observe(fence, receipt, ground.ctx());
  }
  const writing = () => ground.world.view().writers.now.length > 0;

  it('is not stopped while tasks that count no more still run and write', async () => {
    const look = await stop();
    const seen = new Set<string>();
    for (;;) {
      const now = await look();
      if (now.state !== 'working') break;
      for (const kind of ['DEACTIVATING', 'STOPPING']) if (now.progress.includes(`10 ${kind}`)) seen.add(kind);
      await ground.clock.sleep(now.againInMs);
    }
    expect([...seen]).toEqual(['DEACTIVATING', 'STOPPING']);
    expect(writing()).toBe(false);
    expect(await look()).toMatchObject({ state: 'done', output: { running: 0, count: 0 } });
  });

  it.each(['ListTasks', 'DescribeTasks'])(
    'does not know that it is stopped where %s cannot be read',
    async (command) => {
      const look = await stop();
      await ground.clock.sleep(3_000_000);
      for (const fails of ['access-denied', 'timeout', 'garbage'] as const) {
        ground.world.clearFaults();
        ground.world.setFault({ kind: 'call', service: 'ecs', command, fails });
        expect(await look()).toMatchObject({ state: 'unknown' });
      }
      ground.world.clearFaults();
      expect(await look()).toMatchObject({ state: 'done' });
    },
  );

  it('looks at every task, though ECS lists and describes a hundred at once', async () => {
    const estate = exampleCloud('acme');
    for (const each of estate.services) Object.assign(each, { desired: 250, max: 300 });
    for (const quota of estate.quotas) quota.value = 1_000;
    ground.close();
    ground = await makeGround({ estate });
    const look = await stop();
    await ground.clock.sleep(10_000);
    expect(await look()).toMatchObject({ state: 'working', progress: expect.stringContaining('250 DEACTIVATING') });
    await ground.clock.sleep(60_000);
    expect(await look()).toMatchObject({ state: 'done' });
  });

  it('lets an ungraceful run carry a fence that does not answer, and nothing else', async () => {
    ground.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    const act = ground.action('ecs.scale-service');
    const down = await act.plan(fence, ground.ctx());
    expect(down.checks).toMatchObject([{ id: 'reachable', verdict: 'unknown', carry: 'ungraceful' }]);
    const up = await act.plan({ ...fence, count: 3 }, ground.ctx());
    expect(up.checks).toMatchObject([{ id: 'reachable', verdict: 'unknown', carry: 'never' }]);
  });

  it.each(['access-denied', 'throttling', 'garbage', 'error'] as const)(
    'lets nobody carry that a Region answered with %s',
    async (fails) => {
      ground.world.setFault({ kind: 'call', command: 'DescribeServices', fails });
      const { checks } = await ground.action('ecs.scale-service').plan(fence, ground.ctx({ mode: 'ungraceful' }));
      expect(checks).toMatchObject([{ id: 'reachable', verdict: 'unknown', carry: 'never' }]);
    },
  );

  it.each([0, 3])('lets a person carry with a reason, at %i tasks, that autoscaling is not known', async (count) => {
    ground.world.setFault({ kind: 'call', command: 'DescribeScalableTargets', fails: 'timeout' });
    const { checks, noChange } = await ground.action('ecs.scale-service').plan({ ...fence, count }, ground.ctx());
    expect(checks.find(({ id }) => id === 'autoscaling')).toMatchObject({ verdict: 'unknown', carry: 'with-reason' });
    expect(noChange).toBe(false);
  });

  it('stops and holds a service whose autoscaling cannot be read, and puts its count back', async () => {
    const act = ground.action('ecs.scale-service');
    const { desired } = (await act.plan(fence, ground.ctx())).before;
    ground.world.setFault({ kind: 'call', command: 'DescribeScalableTargets', fails: 'access-denied' });
    const captured = await act.capture(fence, ground.ctx());
    expect(captured.autoscaling).toBe('unknown');
    expect(await act.lookup(fence, 'token', captured, ground.ctx())).toEqual({ happened: false });
    const receipt = await act.apply(fence, 'token', captured, ground.ctx());
    expect(await act.lookup(fence, 'token', captured, ground.ctx())).toMatchObject({ happened: true });
    await ground.clock.sleep(3_600_000);
    const seen = await act.observe(fence, receipt, ground.ctx());
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    expect(await act.verify(fence, seen.output, ground.ctx())).toMatchObject([{ verdict: 'unknown' }]);
    ground.world.clearFaults();
    expect(await act.verify(fence, seen.output, ground.ctx())).toMatchObject([
      { verdict: 'pass', found: expect.stringContaining('suspended: in, out, scheduled') },
    ]);
    const back = act.restore(fence, captured);
    expect(back).toMatchObject({ count: desired, hold_autoscaling: false });
    expect(back).not.toHaveProperty('autoscaling');
  });

  it('stops a service although autoscaling refuses everything, and says both where the count is refused too', async () => {
    const act = ground.action('ecs.scale-service');
    ground.world.setFault({ kind: 'call', service: 'application-autoscaling', fails: 'access-denied' });
    const captured = await act.capture(fence, ground.ctx());
    ground.world.setFault({ kind: 'call', command: 'UpdateService', fails: 'access-denied' });
    await expect(act.apply(fence, 'token', captured, ground.ctx())).rejects.toThrow(
      /^Scaling of .*access was denied.*\. Autoscaling of .*access was denied.*\.$/,
    );
    ground.world.clearFaults();
    ground.world.setFault({ kind: 'call', service: 'application-autoscaling', fails: 'access-denied' });
    await act.apply(fence, 'token', captured, ground.ctx());
    expect((await act.plan(fence, ground.ctx())).before).toMatchObject({ desired: 0, autoscaling: 'not known' });
  });

  it('is not applied above zero while autoscaling cannot be read', async () => {
    ground.world.setFault({ kind: 'call', command: 'DescribeScalableTargets', fails: 'access-denied' });
    const captured = ground.action('ecs.scale-service').capture({ ...service, count: 4 }, ground.ctx());
    await expect(captured).rejects.toThrow('Could not read the autoscaling');
  });

  it('judges the quota by what the tasks need, and does not know it when it cannot be read', async () => {
    const act = ground.action('ecs.scale-service');
    const quota = async (count: number) =>
      (await act.plan({ ...service, count }, ground.ctx({ purpose: 'plan' }))).checks.find(({ id }) => id === 'quota');
    expect(await quota(100)).toMatchObject({ verdict: 'pass', found: expect.stringContaining('100 of 100 vCPU') });
    expect(await quota(101)).toMatchObject({ verdict: 'fail' });
    ground.world.setFault({ kind: 'call', service: 'service-quotas', fails: 'access-denied' });
    expect(await quota(10)).toMatchObject({ verdict: 'unknown', carry: 'with-reason' });
  });

  it('is bound to where the count stands, not to the number that autoscaling moves', async () => {
    const act = ground.action('ecs.scale-service');
    const before = await act.plan({ ...service, count: 10 }, ground.ctx());
    await act.apply(
      { ...service, count: 3 },
      'other',
      await act.capture({ ...service, count: 3 }, ground.ctx()),
      ground.ctx(),
    );
    const after = await act.plan({ ...service, count: 10 }, ground.ctx());
    expect(after.before.desired).not.toBe(before.before.desired);
    for (const field of act.binds) expect(after.before[field]).toEqual(before.before[field]);
    expect((await act.plan({ ...service, count: 2 }, ground.ctx())).before.standing).toBe('more than asked');
  });
});

describe('what ECS shows', () => {
  const since = new Date('2026-03-01T12:00:00Z');
  const input = (count: number, minimum?: number) =>
    ScaleInput.parse({ ...service, count, ...(minimum === undefined ? {} : { minimum }) });
  const shown = (changes: Partial<CountedService>): CountedService => ({
    desiredCount: 10,
    runningCount: 10,
    pendingCount: 0,
    deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'COMPLETED' }],
    ...changes,
  });

  it('is done with all tasks of one steady deployment', () => {
    expect(seenIn(shown({}), input(10), since).state).toBe('done');
    expect(seenIn(shown({ deployments: [{ rolloutState: 'IN_PROGRESS' }] }), input(10), since).state).toBe('working');
    expect(seenIn(shown({ deployments: [{}, {}] }), input(10, 2), since).state).toBe('working');
    expect(seenIn(shown({ desiredCount: 4, runningCount: 4 }), input(10, 4), since).state).toBe('working');
  });

  it('fails on a failed deployment, and on tasks that cannot start since the effect', () => {
    expect(seenIn(shown({ deployments: [{ id: 'a', rolloutState: 'FAILED' }] }), input(10, 2), since).state).toBe(
      'failed',
    );
    const message = '(service app-service) was unable to place a task.';
    const event = (at: string) => ({ runningCount: 2, events: [{ createdAt: new Date(at), message }] });
    expect(seenIn(shown(event('2026-03-01T12:00:05Z')), input(10), since)).toMatchObject({ state: 'failed' });
    expect(seenIn(shown(event('2026-03-01T11:59:59Z')), input(10), since).state).toBe('working');
  });

  it('does not fail on a deployment that failed before the effect', () => {
    const failed = (at: string) => ({
      deployments: [{ id: 'a', rolloutState: 'FAILED' as const, updatedAt: new Date(at) }],
    });
    expect(seenIn(shown(failed('2026-03-01T11:59:59Z')), input(10), since).state).toBe('done');
    expect(seenIn(shown({ ...failed('2026-03-01T11:59:59Z'), runningCount: 9 }), input(10), since).state).toBe(
      'working',
    );
    expect(seenIn(shown(failed('2026-03-01T12:00:05Z')), input(10), since).state).toBe('failed');
  });

  it('is stopped at zero although a deployment failed, and waits for its last task', () => {
    const failed = { desiredCount: 0, deployments: [{ id: 'a', rolloutState: 'FAILED' as const }] };
    expect(seenIn(shown({ ...failed, runningCount: 0 }), input(0), since).state).toBe('done');
    expect(seenIn(shown({ ...failed, runningCount: 1 }), input(0), since).state).toBe('working');
  });

  it('is not stopped while a task runs or is about to', () => {
    expect(seenIn(shown({ desiredCount: 0, runningCount: 0, pendingCount: 1 }), input(0), since).state).toBe('working');
    expect(seenIn(shown({ desiredCount: 0, runningCount: 1 }), input(0), since).state).toBe('working');
    expect(seenIn(shown({ desiredCount: 0, runningCount: 0 }), input(0), since).state).toBe('done');
  });
});

it('closes the range at zero, and above it leaves room to grow', () => {
  expect(holdAt(0, { min: 4, max: 20 })).toEqual({
    min: 0,
    max: 0,
    suspended: { in: true, out: true, scheduled: true },
  });
  expect(holdAt(10, { min: 1, max: 20 })).toMatchObject({ min: 10, max: 20, suspended: { out: false } });
  expect(holdAt(30, { min: 1, max: 20 })).toMatchObject({ min: 30, max: 30 });
  expect(
    isHeld({ min: 0, max: 0, suspended: { in: true, out: false, scheduled: true } }, holdAt(0, { min: 1, max: 2 })),
  ).toBe(false);
});
