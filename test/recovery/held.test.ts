import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { people, type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben } = people;

let muster: SimulatedMuster;
beforeAll(async () => {
  muster = await startSimulatedMuster();
});
afterAll(() => muster.close());

it('says what a run waits for that holds what another needs', async () => {
  const { recovery, incidents, clock } = muster;
  const about = { title: 'Errors', severity: 'P1', services: ['api'], requestKey: 'errors' };
  const { id: incidentId } = await incidents.declare({ ...about, impactBeganAt: clock.now() }, ana);
  const start = async () => {
    const { plan } = await recovery.plan({ incidentId, command: 'restart-service', inputs: {} }, ana);
    const consent = await recovery.request({ planId: plan.id, phrase: plan.phrase ?? '', accept: {} }, ana);
    if (consent.needed > 0) await recovery.approve({ code: consent.code, incidentId }, ben);
  };
  await start();
  await until(async () => {
    const view = await recovery.currentRun(incidentId);
    return view?.steps.find(({ id }) => id === 'looked')?.status === 'running';
  }, 'its question');
  await expect(start()).rejects.toThrow(
    /It waits for people to answer looked \(.*\): answer that and let it end, or abort it\.$/,
  );
}, 120_000);
