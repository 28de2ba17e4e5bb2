import type { Mode } from '../../../../src/domain/command.ts';
import type { PlanVerdict } from '../../../../src/domain/plan.ts';
import type { RunView } from '../../../../src/domain/views.ts';
import type { PlanMade } from '../../../../src/recovery/recovery.ts';
import type { FaultInput } from '../../../../src/sim/index.ts';
import { setActiveRegion } from '../../../../src/store/regions.ts';
import { people, type SimulatedMuster, until } from '../../../support/simulated-muster.ts';
import type { ManyWorlds } from './many-worlds.ts';
import { type Recovered, readRecovered } from './recovered.ts';

const { ana, ben } = people;

/** Before anybody has planned, or when everybody has consented and nothing has begun. */
export type Moment = 'before planning' | 'after approval';

export interface Trouble {
  faults: readonly FaultInput[];
  moment: Moment;
  /** Time that the trouble lasts before people are hurt by it, on the world's clock. */
  beforeImpactMs?: number;
  /** Time that it lasts from then until anybody plans. */
  sinceMs?: number;
  /** Modes that people try, one after the other, until one is not blocked. */
  modes?: readonly Mode[];
}

/** What a failover came to, and what the world then was. */
export interface Came {
  verdict: PlanVerdict;
  mode: Mode;
  problems: PlanMade['problems'];
  /** At its end, or where it paused; null when no run was allowed. */
  run: RunView | null;
  recovered: Recovered[];
}

/** Runs one failover by people who carry whatever they may carry, in a world of its own, and puts Muster back after it. */
export async function tryFailover(muster: SimulatedMuster, worlds: ManyWorlds, trouble: Trouble): Promise<Came> {
  worlds.renew();
  const strike = (moment: Moment): void => {
    if (trouble.moment === moment) for (const fault of trouble.faults) worlds.world.setFault(fault);
  };
  strike('before planning');
  if (trouble.beforeImpactMs !== undefined) await muster.clock.sleep(trouble.beforeImpactMs);
  const impactBeganAt = muster.clock.now();
  const { id: incidentId } = await muster.incidents.declare(
    {
      title: 'us-east-1 is failing',
      severity: 'P1',
      services: ['api'],
      impactBeganAt,
      requestKey: `at ${performance.now()}`,
    },
    ana,
  );
  if (trouble.sinceMs !== undefined) await muster.clock.sleep(trouble.sinceMs);
  const made = await planAsAllowed(muster, incidentId, trouble.modes ?? ['graceful', 'ungraceful']);
  const came = { verdict: made.verdict, mode: made.plan.mode, problems: made.problems };
  if (made.verdict === 'blocked') {
    await muster.incidents.resolve({ incidentId }, ana);
    return { ...came, run: null, recovered: [] };
  }
  const accept = Object.fromEntries(made.problems.map(({ check }) => [check, 'we know better']));
  const consent = await muster.recovery.request({ planId: made.plan.id, phrase: 'FAILOVER', accept }, ana);
  strike('after approval');
  await muster.recovery.approve({ code: consent.code, incidentId }, ben);
  const run = await runThat(muster, incidentId, 'it to stop', isStopped);
  worlds.world.clearFaults();
  const recovered = await readRecovery(muster, worlds, run);
  await putBack(muster, run);
  return { ...came, run, recovered };
}

async function planAsAllowed(muster: SimulatedMuster, incidentId: number, modes: readonly Mode[]): Promise<PlanMade> {
  let made: PlanMade | undefined;
  for (const mode of modes) {
    made = await muster.recovery.plan({ incidentId, command: 'failover', inputs: {}, mode }, ana);
    if (made.verdict !== 'blocked') break;
  }
  if (!made) throw new Error('expected at least one mode to plan in');
  return made;
}

/** For so long resolvers may go on giving out what they were told before. */
const resolversMs = 2 * 60_000;

/** What holds of a recovery. After a run's own end, resolvers are given the time that they have by their TTL. */
async function readRecovery(muster: SimulatedMuster, { world }: ManyWorlds, { run }: RunView): Promise<Recovered[]> {
  if (run.status === 'ended') await muster.clock.sleep(resolversMs);
  return readRecovered(world);
}

/** Ends what is still under way, and makes the first Region the active one again. */
async function putBack(muster: SimulatedMuster, { run }: RunView): Promise<void> {
  const { incidentId } = run;
  if (run.status !== 'ended') {
    await muster.recovery.abort({ runId: run.id, reason: 'seen enough' }, ana);
    await runThat(muster, incidentId, 'it to end', ({ run: { status } }) => status === 'ended');
  }
  await muster.incidents.resolve({ incidentId }, ana);
  const services = Object.keys(muster.home.system.services);
  await muster.store.tx((tx) =>
    setActiveRegion(tx, { services, region: 'us-east-1', runId: run.id, at: muster.clock.now() }),
  );
}

function isStopped({ run: { status } }: RunView): boolean {
  return status === 'ended' || status === 'paused';
}

async function runThat(
  muster: SimulatedMuster,
  incidentId: number,
  what: string,
  is: (view: RunView) => boolean,
): Promise<RunView> {
  return until(async () => {
    const view = await muster.recovery.currentRun(incidentId);
    return view && is(view) ? view : null;
  }, what);
}
