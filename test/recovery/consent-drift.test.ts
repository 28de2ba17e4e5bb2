import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import type { ConsentView, RunView } from '../../src/domain/views.ts';
import { verifyStored } from '../../src/reports/audit.ts';
import { people, type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben, dov } = people;

describe('what was consented to, when something has changed before it begins', () => {
  let muster: SimulatedMuster;
  let incident: Incident;

  beforeEach(async () => {
    muster = await startSimulatedMuster({ leaps: true });
    const about = { title: 'us-east-1 is failing', severity: 'P1', services: ['api'], requestKey: 'k' };
    incident = await muster.incidents.declare({ ...about, impactBeganAt: muster.clock.now() }, ana);
  });
  afterEach(async () => {
    expect((await verifyStored(muster.store)).ok).toBe(true);
    await muster.close();
  });

  const plan = (inputs: Record<string, string> = {}) =>
    muster.recovery.plan({ incidentId: incident.id, command: 'failover', inputs }, ana);
  const request = (planId: string) => muster.recovery.request({ planId, phrase: 'FAILOVER', accept: {} }, ana);
  const approve = ({ code }: Pick<ConsentView, 'code'>, by: typeof ben | typeof dov = ben) =>
    muster.recovery.approve({ code, incidentId: incident.id }, by);
  const scaleTo = (desiredCount: number) =>
    muster.world.call({
      service: 'ecs',
      command: 'UpdateService',
      region: 'us-west-2',
      input: { cluster: 'dr-cluster', service: 'app-service', desiredCount },
    });
  const runThat = (status: RunView['run']['status']) =>
    until(
      async () => {
        const view = await muster.recovery.currentRun(incident.id);
        return view?.run.status === status ? view : null;
      },
      `the run to be ${status}`,
      90,
    );
  const sent = () => muster.world.audit().effects.map(({ command }) => command);

  it('between two approvals: the step that would do something else waits for people, who consent to that anew', async () => {
    await muster.incidents.assign({ incidentId: incident.id, role: 'approvers', person: 'dov' }, ana);
    const { plan: made } = await plan();
    await muster.store.tx((tx) =>
      tx.query(`update plan set document = jsonb_set(document, '{approvals}', '2') where id = $1`, [made.id]),
    );
    const consent = await request(made.id);
    await approve(consent);
    expect(await muster.recovery.currentRun(incident.id)).toBeNull();
    await scaleTo(20);
    const scaled = () =>
      muster.world.audit().effects.filter((one) => one.command === 'UpdateService' && one.region === 'us-west-2');
    const before = scaled().length;
    await approve(consent, dov);
    const paused = await runThat('paused');
    expect(paused.steps.find(({ id }) => id === 'scale')?.status).toBe('drifted');
    expect(scaled()).toHaveLength(before);
    await muster.recovery.retry({ runId: paused.run.id, step: 'scale' }, ana);
    const [anew] = await muster.recovery.pendingConsents(incident.id);
    expect(anew).toMatchObject({ needed: 2, approvals: [] });
    expect(anew?.code).not.toBe(consent.code);
  });

  it('an input: what is asked anew has another code, and no approval of the first counts for it', async () => {
    const first = await request((await plan({ tasks: '4' })).plan.id);
    const second = await request((await plan({ tasks: '6' })).plan.id);
    expect(second.code).not.toBe(first.code);
    await approve(second);
    const run = await until(() => muster.recovery.currentRun(incident.id), 'the run');
    expect(run.plan).toMatchObject({ code: second.code, inputs: { tasks: 6 } });
    expect(await muster.recovery.readConsent(first.id)).toMatchObject({ state: 'pending', approvals: [] });
    await expect(approve(first)).rejects.toThrow('is held by failover');
  });

  it('where the traffic goes, by another run: nothing of it is done', async () => {
    const first = await request((await plan({ tasks: '4' })).plan.id);
    await approve(await request((await plan({ tasks: '6' })).plan.id));
    const { run } = await runThat('ended');
    expect(run.outcome).toBe('succeeded');
    const before = sent().length;
    await muster.store.tx((tx) =>
      tx.query('update consent set expires_at = $2 where id = $1', [
        first.id,
        new Date(muster.clock.now().getTime() + 600_000),
      ]),
    );
    await expect(approve(first)).rejects.toThrow(
      'was planned while api was active in us-east-1; it is active in us-west-2 now. Plan again.',
    );
    expect(sent()).toHaveLength(before);
  });

  it('the command’s file: what was approved is what is run, whatever the file says now', async () => {
    const consent = await request((await plan()).plan.id);
    const command = muster.commands.find(({ name }) => name === 'failover');
    const approved = consent.plan.steps.map(({ id }) => id);
    Object.assign(command ?? {}, { steps: command?.steps.filter(({ id }) => id !== 'fence') });
    const after = await plan();
    expect(after.plan.steps.map(({ id }) => id)).toEqual(approved.filter((id) => id !== 'fence'));
    expect(after.plan.code).not.toBe(consent.code);
    await approve(consent);
    const ended = await runThat('ended');
    expect(ended.run.outcome).toBe('succeeded');
    expect(ended.steps.map(({ id, status }) => `${id} ${status}`)).toEqual(approved.map((id) => `${id} done`));
  });
});
