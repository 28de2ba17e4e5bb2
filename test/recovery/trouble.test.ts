import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import type { Person } from '../../src/domain/person.ts';
import type { RunView } from '../../src/domain/views.ts';
import { verifyStored } from '../../src/reports/audit.ts';
import { createWorld } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { people, type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben, dov, eve } = people;
const database = { region: 'us-west-2', instance: 'dr-database' };

describe('a failover in trouble', () => {
  let muster: SimulatedMuster;
  let incident: Incident;
  /** While it is there, nothing that is asked of the cloud is answered. */
  let held: Promise<void> | undefined;

  beforeEach(async () => {
    held = undefined;
    muster = await startSimulatedMuster({
      createWorld: (clock) => {
        const world = createWorld({ clock, estate: exampleCloud('acme') });
        return { ...world, call: (call) => (held ?? Promise.resolve()).then(() => world.call(call)) };
      },
    });
    incident = await muster.incidents.declare(
      {
        title: 'us-east-1 is failing',
        severity: 'P1',
        services: ['api'],
        impactBeganAt: muster.clock.now(),
        requestKey: 'k',
      },
      ana,
    );
  });
  afterEach(async () => {
    expect((await verifyStored(muster.store)).ok).toBe(true);
    await muster.close();
  });

  const planNow = (mode: 'graceful' | 'ungraceful' = 'graceful', by: Person = ana) =>
    muster.recovery.plan({ incidentId: incident.id, command: 'failover', inputs: {}, mode }, by);

  async function start(mode: 'graceful' | 'ungraceful' = 'graceful'): Promise<void> {
    const { plan, problems } = await planNow(mode);
    expect(problems).toEqual([]);
    const consent = await muster.recovery.request({ planId: plan.id, phrase: 'FAILOVER', accept: {} }, ana);
    await muster.recovery.approve({ code: consent.code, incidentId: incident.id }, ben);
  }

  const runThat = (is: (run: RunView) => boolean, what: string) =>
    until(
      async () => {
        const run = await muster.recovery.currentRun(incident.id);
        return run && is(run) ? run : null;
      },
      what,
      120,
    );
  const stopped = () => runThat(({ run }) => run.status === 'paused' || run.status === 'ended', 'the run to stop');
  const ended = () => runThat(({ run }) => run.status === 'ended', 'the run to end');
  const isHanging = ({ id, status }: RunView['steps'][number]): boolean => id === 'replica' && status === 'running';
  const stepOf = (run: RunView, id: string) => run.steps.find((step) => step.id === id);

  it('with the Region dark: no graceful run, an ungraceful one with a deferred fence, and a guard that fences it on return', async () => {
    const dark = muster.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await muster.clock.sleep(20 * 60_000);
    const graceful = await planNow();
    expect(graceful.verdict).toBe('blocked');
    await expect(
      muster.recovery.request({ planId: graceful.plan.id, phrase: 'FAILOVER', accept: {} }, ana),
    ).rejects.toThrow('ungraceful');
    await start('ungraceful');
    const run = await ended();
    expect(run.run.outcome).toBe('succeeded-with-exceptions');
    expect(run.run.exceptions.join('\n')).toContain('fence deferred');
    expect(stepOf(run, 'serving')?.status).toBe('done');
    await muster.incidents.resolve({ incidentId: incident.id }, ana);
    await expect(muster.incidents.close({ incidentId: incident.id }, ana)).rejects.toThrow(/guard/);
    muster.world.clearFault(dark);
    await until(
      async () => (await muster.incidents.view(incident.id)).guards.every((guard) => guard.state === 'fenced'),
      'the guard to fence',
    );
    await muster.incidents.close({ incidentId: incident.id }, ana);
    expect(muster.world.audit().writersOverlapMs).toBeLessThan(10 * 60_000);
  });

  it('with a promotion that fails: pauses, never succeeds, and ends as failed or aborted', async () => {
    muster.world.setFault({ kind: 'promotion-fails', ...database });
    await start();
    const paused = await stopped();
    expect(paused.run.status).toBe('paused');
    expect(stepOf(paused, 'promote')?.status).toBe('failed');
    await expect(muster.recovery.abort({ runId: paused.run.id }, dov)).rejects.toThrow('Only a commander');
    await muster.recovery.abort({ runId: paused.run.id, reason: 'restore instead' }, ana);
    expect((await ended()).run.outcome).toBe('aborted');
  });

  it('with a promotion that never ends: pauses by its timeout', async () => {
    muster.world.setFault({ kind: 'promotion-never-ends', ...database });
    await start();
    const paused = await stopped();
    expect(paused.run.status).toBe('paused');
    expect(stepOf(paused, 'promote')).toMatchObject({ status: 'failed', note: expect.stringContaining('timeout') });
  });

  it('with tasks that do not start: retried once they can, and then succeeds', async () => {
    const id = muster.world.setFault({
      kind: 'tasks-do-not-start',
      region: 'us-west-2',
      cluster: 'dr-cluster',
      service: 'app-service',
    });
    await start();
    const paused = await stopped();
    expect(stepOf(paused, 'scale')?.status).toBe('failed');
    muster.world.clearFault(id);
    await expect(muster.recovery.retry({ runId: paused.run.id, step: 'scael' }, ana)).rejects.toThrow(
      'did you mean scale?',
    );
    await muster.recovery.retry({ runId: paused.run.id, step: 'scale' }, ana);
    expect((await ended()).run.outcome).toBe('succeeded');
  });

  it('a skip is a change of the plan: consented to by another, and named in the outcome', async () => {
    muster.world.setFault({
      kind: 'targets-unhealthy',
      region: 'us-west-2',
      targetGroup: 'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/dr-tg/2222222222222222',
    });
    await start();
    const paused = await stopped();
    expect(stepOf(paused, 'healthy')?.status).toBe('failed');
    await expect(muster.recovery.skip({ runId: paused.run.id, step: 'healthy', reason: ' ' }, ana)).rejects.toThrow(
      'needs a reason',
    );
    await muster.recovery.skip({ runId: paused.run.id, step: 'healthy', reason: 'the check itself is broken' }, ana);
    const [consent] = await muster.recovery.pendingConsents(incident.id);
    expect((await muster.recovery.readRun(paused.run.id)).run.status).toBe('paused');
    await muster.recovery.approve({ code: consent?.code ?? '', incidentId: incident.id }, ben);
    const over = await runThat(
      ({ steps }) => steps.some((step) => step.id === 'serving' && step.status !== 'waiting'),
      'it to go on',
    );
    expect(stepOf(over, 'healthy')?.status).toBe('skipped');
  });

  it('pause holds what has not started, resume lets it go on, abort before the point of no return can be undone', async () => {
    await start();
    const running = await runThat(
      ({ steps }) => steps.some((step) => step.id === 'fence' && step.status === 'running'),
      'the fence',
    );
    await muster.recovery.pause({ runId: running.run.id, reason: 'hold on' }, dov);
    const paused = await runThat(
      ({ run, steps }) => run.status === 'paused' && steps.every((step) => step.status !== 'running'),
      'all quiet',
    );
    expect(stepOf(paused, 'promote')?.status).toBe('waiting');
    await expect(muster.recovery.resume({ runId: running.run.id }, dov)).rejects.toThrow('Only a commander');
    await muster.recovery.abort({ runId: running.run.id }, ana);
    const aborted = await ended();
    expect(aborted.undoable).toBe(true);
    const { plan, problems } = await muster.recovery.planUndo({ runId: running.run.id }, ana);
    expect(problems).toEqual([]);
    const consent = await muster.recovery.request({ planId: plan.id, phrase: 'UNDO', accept: {} }, ana);
    await muster.recovery.approve({ code: consent.code, incidentId: incident.id }, ben);
    const undone = await runThat(({ run }) => run.purpose === 'undo' && run.status !== 'running', 'the undo');
    expect(undone.run.outcome).toBe('undone');
    const { services } = muster.world.view().regions.find(({ region }) => region === 'us-east-1') ?? { services: [] };
    expect(services[0]).toMatchObject({ desired: 10 });
  });

  it('while calls hang: pause, skip and abort act, and wait for none of them', async () => {
    const { plan } = await planNow();
    const consent = await muster.recovery.request({ planId: plan.id, phrase: 'FAILOVER', accept: {} }, ana);
    let letGo = (): void => {};
    held = new Promise((resolve) => (letGo = resolve));
    await muster.recovery.approve({ code: consent.code, incidentId: incident.id }, ben);
    const hanging = await runThat(({ steps }) => steps.some(isHanging), 'a step to hang');
    const { id: runId } = hanging.run;
    await muster.recovery.pause({ runId, reason: 'nothing answers' }, dov);
    await runThat(({ run, steps }) => run.status === 'paused' && steps.some(isHanging), 'the pause');
    await muster.recovery.skip({ runId, step: 'healthy', reason: 'seen by hand' }, ana);
    const [skip] = await muster.recovery.pendingConsents(incident.id);
    await muster.recovery.approve({ code: skip?.code ?? '', incidentId: incident.id }, ben);
    await runThat((run) => stepOf(run, 'healthy')?.status === 'skipped' && run.steps.some(isHanging), 'the skip');
    await muster.recovery.abort({ runId, reason: 'not today' }, ana);
    await runThat(({ run, steps }) => run.status === 'aborting' && steps.some(isHanging), 'the abort');
    letGo();
    expect((await ended()).run.outcome).toBe('aborted');
  });

  it('pauses as drifted when the world is no longer what was approved, and asks anew', async () => {
    const { plan } = await planNow();
    const consent = await muster.recovery.request({ planId: plan.id, phrase: 'FAILOVER', accept: {} }, ana);
    await muster.world.call({
      service: 'ecs',
      command: 'UpdateService',
      region: 'us-west-2',
      input: { cluster: 'dr-cluster', service: 'app-service', desiredCount: 20 },
    });
    await muster.recovery.approve({ code: consent.code, incidentId: incident.id }, ben);
    const paused = await stopped();
    expect(stepOf(paused, 'scale')?.status).toBe('drifted');
    await muster.recovery.retry({ runId: paused.run.id, step: 'scale' }, ana);
    const [again] = await muster.recovery.pendingConsents(incident.id);
    expect(again?.code).not.toBe(consent.code);
    await muster.recovery.approve({ code: again?.code ?? '', incidentId: incident.id }, ben);
    expect((await ended()).run.outcome).toBe('succeeded-with-exceptions');
  });

  it('refuses in one sentence whoever may not, and whatever is not so', async () => {
    const { recovery } = muster;
    await expect(planNow('graceful', eve)).rejects.toThrow('Only a commander may ask for a recovery command');
    const plan = (inputs: Record<string, string>) =>
      recovery.plan({ incidentId: incident.id, command: 'failover', inputs }, ana);
    await expect(plan({ tasks: 'banana' })).rejects.toThrow(/tasks.*banana/);
    await expect(plan({ tsks: '4' })).rejects.toThrow('did you mean tasks?');
    await expect(recovery.plan({ incidentId: incident.id, command: 'failovr', inputs: {} }, ana)).rejects.toThrow(
      'did you mean failover?',
    );
    const made = await planNow();
    const request = (phrase: string) => recovery.request({ planId: made.plan.id, phrase, accept: {} }, ana);
    await expect(request('failover')).rejects.toThrow('Type FAILOVER');
    const consent = await request('FAILOVER');
    await expect(request('FAILOVER')).rejects.toThrow('asked for before');
    const approve = (by: Person, code = consent.code) => recovery.approve({ code, incidentId: incident.id }, by);
    await expect(approve(ana)).rejects.toThrow(/Only an approver|yourself/);
    await expect(approve(eve)).rejects.toThrow('Only an approver');
    await expect(approve(ben, 'AAAAAA')).rejects.toThrow(`Waiting now: ${consent.code}`);
    await approve(ben, ` ${consent.code.toLowerCase()} `);
    await expect(approve(ben)).rejects.toThrow('approved already');
    const second = await planNow();
    const other = await recovery
      .request({ planId: second.plan.id, phrase: 'FAILOVER', accept: {} }, ana)
      .catch((error: Error) => error.message);
    if (typeof other !== 'string') await expect(approve(ben, other.code)).rejects.toThrow('is held by failover');
  });

  it('a request that nobody answers climbs, and expires', async () => {
    const { plan } = await planNow();
    const consent = await muster.recovery.request({ planId: plan.id, phrase: 'FAILOVER', accept: {} }, ana);
    const over = await until(async () => {
      const view = await muster.recovery.readConsent(consent.id);
      return view.state === 'pending' ? null : view;
    }, 'the request to expire');
    expect(over.state).toBe('expired');
    await expect(muster.recovery.approve({ code: consent.code, incidentId: incident.id }, ben)).rejects.toThrow(
      'expired',
    );
  });

  it('a commander may break the glass, with a reason', async () => {
    const { plan } = await planNow();
    const consent = await muster.recovery.request({ planId: plan.id, phrase: 'FAILOVER', accept: {} }, ana);
    const ask = { code: consent.code, incidentId: incident.id };
    await expect(muster.recovery.breakGlass({ ...ask, reason: '' }, ana)).rejects.toThrow('needs a reason');
    await expect(muster.recovery.breakGlass({ ...ask, reason: 'nobody answers' }, ben)).rejects.toThrow(
      'Only a commander',
    );
    expect((await muster.recovery.breakGlass({ ...ask, reason: 'nobody answers' }, ana)).state).toBe('granted');
    expect((await ended()).run.outcome).toBe('succeeded');
  });
});
