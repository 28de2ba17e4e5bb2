import { expect, it } from '@jest/globals';
import type { RunView } from '../../src/domain/views.ts';
import { people, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben } = people;

it('a run that another version of Muster was approved with waits where an action is not the same, says why, and goes on with it', async () => {
  const muster = await startSimulatedMuster();
  try {
    const about = { title: 'us-east-1 is failing', severity: 'P1', services: ['api'], requestKey: 'k' };
    const incident = await muster.incidents.declare({ ...about, impactBeganAt: muster.clock.now() }, ana);
    const { plan } = await muster.recovery.plan({ incidentId: incident.id, command: 'failover', inputs: {} }, ana);
    /** The version of `promote` that the other Muster had, as its plan was written down. */
    const approvedWith = (version: number) =>
      muster.store.tx((tx) =>
        tx.query(`update plan set document = jsonb_set(document, $2::text[], to_jsonb($3::int)) where id = $1`, [
          plan.id,
          ['steps', String(plan.steps.findIndex(({ id }) => id === 'promote')), 'version'],
          version,
        ]),
      );
    const runThat = (is: (view: RunView) => boolean, what: string) =>
      until(async () => {
        const view = await muster.recovery.currentRun(incident.id);
        return view && is(view) ? view : null;
      }, what);

    const consent = await muster.recovery.request({ planId: plan.id, phrase: 'FAILOVER', accept: {} }, ana);
    await approvedWith(99);
    await muster.recovery.approve({ code: consent.code, incidentId: incident.id }, ben);
    const paused = await runThat(({ run }) => run.status === 'paused', 'the run to pause');
    const promote = paused.steps.find(({ id }) => id === 'promote');
    expect(promote?.note).toBe(
      'rds.promote-read-replica was approved in version 99; this Muster has version 1. ' +
        'Run the Muster that it was approved with, or abort and plan again.',
    );
    expect(muster.world.audit().effects.map(({ command }) => command)).not.toContain('PromoteReadReplica');

    await approvedWith(1);
    await muster.recovery.retry({ runId: paused.run.id, step: 'promote' }, ana);
    const ended = await runThat(({ run }) => run.status === 'ended', 'the run to end');
    expect(ended.run.outcome).toBe('succeeded');
  } finally {
    await muster.close();
  }
});
