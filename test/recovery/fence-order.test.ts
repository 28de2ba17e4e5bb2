import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import { people, type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben } = people;

/** Slow enough that the instants that Muster writes down are those of the world, to a second or two. */
const scale = 60;

describe('nothing is called fenced while the world says that the old side writes', () => {
  let muster: SimulatedMuster;
  let incident: Incident;
  beforeEach(async () => {
    muster = await startSimulatedMuster({ scale });
    const about = { title: 'us-east-1 is failing', severity: 'P1', services: ['api'], requestKey: 'k' };
    incident = await muster.incidents.declare({ ...about, impactBeganAt: muster.clock.now() }, ana);
  });
  afterEach(() => muster.close());

  async function failOver(mode: 'graceful' | 'ungraceful'): Promise<string> {
    const incidentId = incident.id;
    const { plan } = await muster.recovery.plan({ incidentId, command: 'failover', inputs: {}, mode }, ana);
    const consent = await muster.recovery.request({ planId: plan.id, phrase: 'FAILOVER', accept: {} }, ana);
    await muster.recovery.approve({ code: consent.code, incidentId }, ben);
    const run = await muster.recovery.currentRun(incidentId);
    if (!run) throw new Error('expected a run');
    return run.run.id;
  }

  /** When the old side stopped writing for the last time, by the world's own account. */
  function lastWriteInTheEast(): number {
    const spells = muster.world.audit().writers.filter(({ region }) => region === 'us-east-1');
    const last = spells.at(-1);
    if (!last) throw new Error('expected us-east-1 to have written');
    return last.until === null ? Number.POSITIVE_INFINITY : Date.parse(last.until);
  }

  const stepIn = async (runId: string, id: string) =>
    (await muster.recovery.readRun(runId)).steps.find((step) => step.id === id);

  it('in a graceful failover', async () => {
    const runId = await failOver('graceful');
    const fence = await until(async () => {
      const step = await stepIn(runId, 'fence');
      return step?.status === 'done' ? step : null;
    }, 'the fence to be done');
    expect(Date.parse(fence.endedAt ?? '')).toBeGreaterThanOrEqual(lastWriteInTheEast());
    const promote = await until(async () => {
      const step = await stepIn(runId, 'promote');
      return step?.effectSent ? step : null;
    }, 'the promotion to be sent');
    expect(Date.parse(promote.startedAt ?? '')).toBeGreaterThanOrEqual(lastWriteInTheEast());
  });

  it('after the return of a Region that could not be fenced', async () => {
    const dark = muster.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await muster.clock.sleep(60_000);
    const runId = await failOver('ungraceful');
    await until(async () => (await stepIn(runId, 'fence'))?.status === 'deferred', 'the fence to be deferred');
    await until(async () => (await stepIn(runId, 'promote'))?.effectSent, 'the promotion to be sent');
    muster.world.clearFault(dark);
    expect(lastWriteInTheEast()).toBe(Number.POSITIVE_INFINITY);
    const said = await until(
      () =>
        muster.store.tx(async (tx) => {
          const rows = await tx.query<{ at: Date }>("select at from audit where what = 'guard.fenced'");
          return rows[0]?.at;
        }),
      'the guard to have fenced',
    );
    expect(said.getTime()).toBeGreaterThanOrEqual(lastWriteInTheEast());
    expect((await muster.incidents.view(incident.id)).guards).toMatchObject([{ state: 'fenced' }]);
  });
});
