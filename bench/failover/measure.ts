import type { RunView } from '../../src/domain/views.ts';
import { createWorld } from '../../src/sim/index.ts';
import { exampleCloud } from '../../test/support/example-cloud.ts';
import { people, startSimulatedMuster, until } from '../../test/support/simulated-muster.ts';
import { type Watched, watchWorld } from './watch-world.ts';

export interface Measured {
  scale: number;
  run: Pick<RunView, 'run' | 'steps'> & { plan: Pick<RunView['plan'], 'steps'> };
  watched: Watched;
}

const { ana, ben } = people;

/** One failover from approval to its end, on a clock that goes `scale` times as fast as the real one. */
export async function measureFailover(scale: number): Promise<Measured> {
  let watched: Watched | undefined;
  const muster = await startSimulatedMuster({
    scale,
    env: { MUSTER_LOG_LEVEL: 'error' },
    createWorld: (clock) => {
      watched = watchWorld(createWorld({ clock, estate: exampleCloud('acme') }), () => clock.now().getTime());
      return watched.world;
    },
  });
  if (!watched) throw new Error('expected a world to have been made');
  try {
    return { scale, run: await failOver(muster), watched };
  } finally {
    watched.stop();
    await muster.close();
  }
}

async function failOver(muster: Awaited<ReturnType<typeof startSimulatedMuster>>): Promise<RunView> {
  const impactBeganAt = muster.clock.now();
  const about = {
    title: 'us-east-1 is failing',
    severity: 'P1',
    services: ['api'],
    impactBeganAt,
    requestKey: 'bench',
  };
  const { id: incidentId } = await muster.incidents.declare(about, ana);
  const { plan } = await muster.recovery.plan({ incidentId, command: 'failover', inputs: {} }, ana);
  const consent = await muster.recovery.request({ planId: plan.id, phrase: 'FAILOVER', accept: {} }, ana);
  await muster.recovery.approve({ code: consent.code, incidentId }, ben);
  return until(
    async () => {
      const view = await muster.recovery.currentRun(incidentId);
      if (view?.run.status === 'paused') throw new Error(`the failover paused: ${view.run.note}`);
      return view?.run.status === 'ended' ? view : null;
    },
    'the end of the failover',
    120,
    // Each look asks the store, which is what is measured.
    1_000,
  );
}
