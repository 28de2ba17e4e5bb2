import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import type { RunView } from '../../src/domain/views.ts';
import type { PlanMade } from '../../src/recovery/recovery.ts';
import { people, type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben } = people;

describe('what a failover has fenced', () => {
  let muster: SimulatedMuster;
  let incident: Incident;
  beforeEach(async () => {
    muster = await startSimulatedMuster();
    incident = await declare('us-east-1 is failing', 'first');
  });
  afterEach(() => muster.close());

  const declare = (title: string, requestKey: string): Promise<Incident> =>
    muster.incidents.declare(
      { title, severity: 'P1', services: ['api'], impactBeganAt: muster.clock.now(), requestKey },
      ana,
    );

  const plan = (command: string, inputs: Record<string, string> = {}, at = incident): Promise<PlanMade> =>
    muster.recovery.plan({ incidentId: at.id, command, inputs }, ana);

  async function start({ plan, problems }: PlanMade): Promise<void> {
    expect(problems).toEqual([]);
    const phrase = plan.phrase ?? '';
    const consent = await muster.recovery.request({ planId: plan.id, phrase, accept: {} }, ana);
    await muster.recovery.approve({ code: consent.code, incidentId: plan.incidentId }, ben);
  }

  const stopped = (at = incident): Promise<RunView> =>
    until(async () => {
      const view = await muster.recovery.currentRun(at.id);
      return view && ['paused', 'ended'].includes(view.run.status) ? view : null;
    }, 'the run to stop');

  const restart = { region: 'primary', count: '10' };
  const tasksIn = (region: string): number =>
    muster.world.view().regions.find((one) => one.region === region)?.services[0]?.desired ?? Number.NaN;

  it('is not brought up again once the other Region serves: in one sentence that says who fenced it and what to do', async () => {
    await start(await plan('failover'));
    const { run } = await stopped();
    expect(run.outcome).toBe('succeeded');
    const made = await plan('restart-service', restart);
    expect(made.verdict).toBe('blocked');
    expect(made.problems).toMatchObject([
      {
        check: 'scale/fenced',
        carry: 'never',
        sentence: expect.stringMatching(
          `ecs:prod-cluster/app-service in us-east-1, fenced by failover ${run.id}: .*two databases take writes.*fail over back to us-east-1 first`,
        ),
      },
    ]);
    await expect(
      muster.recovery.request(
        { planId: made.plan.id, phrase: 'RESTART', accept: { 'scale/fenced': 'we want it' } },
        ana,
      ),
    ).rejects.toThrow('two databases take writes');
    expect((await plan('restart-service', { region: 'active', count: '6' })).problems).toEqual([]);
    const another = await declare('another day', 'second');
    expect((await plan('restart-service', restart, another)).verdict).toBe('blocked');
    expect(muster.world.audit().writersOverlapMs).toBe(0);
  });

  it('is looked at again just before the effect', async () => {
    await start(await plan('failover'));
    await until(async () => {
      const view = await muster.recovery.currentRun(incident.id);
      return view?.steps.some(({ id, effectSent }) => id === 'promote' && effectSent);
    }, 'the promotion to be sent');
    const before = await plan('restart-service', restart);
    expect(before.problems).toEqual([]);
    const { run } = await stopped();
    expect(run.outcome).toBe('succeeded');
    // As if its consent had been given, and its run begun, in the instant before traffic moved.
    await muster.store.tx((tx) => tx.query('delete from active_region'));
    muster.world.setFault({ kind: 'call', command: 'DescribeServices', fails: 'slow', delayMs: 600_000 });
    await start(before);
    await muster.store.tx((tx) =>
      tx.query(`insert into active_region values ('api', 'us-west-2', $1, $2)`, [run.id, muster.clock.now()]),
    );
    const late = await stopped();
    expect(late.steps.find(({ id }) => id === 'scale')).toMatchObject({
      status: 'failed',
      note: expect.stringContaining('two databases take writes'),
      effectSent: false,
    });
    expect(tasksIn('us-east-1')).toBe(0);
  });

  it('is brought up again beside a promoted database only with a reason, while its Region is the active one still', async () => {
    muster.world.setFault({
      kind: 'targets-unhealthy',
      region: 'us-west-2',
      targetGroup: 'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/dr-tg/2222222222222222',
    });
    await start(await plan('failover'));
    const { run } = await stopped();
    await muster.recovery.abort({ runId: run.id }, ana);
    await until(async () => (await stopped()).run.outcome === 'aborted', 'the run to end');
    const { plan: made, problems } = await plan('restart-service', restart);
    expect(problems).toMatchObject([
      {
        check: 'scale/promoted',
        carry: 'with-reason',
        sentence: expect.stringContaining(`rds:dr-database in us-west-2, promoted by failover ${run.id}`),
      },
    ]);
    const accept = { 'scale/promoted': 'dr-service is stopped' };
    const consent = await muster.recovery.request({ planId: made.id, phrase: 'RESTART', accept }, ana);
    await muster.recovery.approve({ code: consent.code, incidentId: incident.id }, ben);
    await until(async () => {
      const view = await muster.recovery.currentRun(incident.id);
      return view?.steps.some(({ id, status }) => id === 'scale' && status === 'done');
    }, 'the service to be brought up again');
    expect((await plan('restart-service', { ...restart, count: '12' })).problems).toEqual([]);
  });

  it('may be brought up again after a promotion that failed: its Region is the active one still', async () => {
    muster.world.setFault({ kind: 'promotion-fails', region: 'us-west-2', instance: 'dr-database' });
    await start(await plan('failover'));
    const paused = await stopped();
    expect(paused.run.status).toBe('paused');
    await muster.recovery.abort({ runId: paused.run.id }, ana);
    await until(async () => (await stopped()).run.outcome === 'aborted', 'the run to end');
    await start(await plan('restart-service', restart));
    await until(async () => tasksIn('us-east-1') === 10, 'the service to be brought up again');
    expect(muster.world.audit().writersOverlapMs).toBe(0);
  });
});
