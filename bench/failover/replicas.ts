import { createScaledClock } from '../../src/clock/scaled-clock.ts';
import { openStore } from '../../src/store/open.ts';
import { readPlan } from '../../src/store/plans.ts';
import { runsOf } from '../../src/store/runs.ts';
import { readSteps } from '../../src/store/steps.ts';
import { startOutside } from '../../test/e2e/outside.ts';
import type { Measured } from './measure.ts';
import { watchWorld } from './watch-world.ts';

const longestSeconds = 180;

/** The same failover by the built program: so many processes on this PostgreSQL, asked through Slack. */
export async function measureReplicas(databaseUrl: string, processes: number, scale: number): Promise<Measured> {
  const outside = await startOutside({ databaseUrl, processes, scale });
  const { farEnds, clock } = outside;
  const { world } = farEnds.world;
  const watched = watchWorld({ ...world }, () => clock.now().getTime());
  // Every process reaches the world through this one object.
  world.call = watched.world.call;
  try {
    const channel = await outside.declare('U0ANA', 'us-east-1 is failing');
    await outside.dr('U0ANA', 'failover', channel);
    const sent = await outside.submit('U0ANA', { phrase: 'FAILOVER' });
    if (sent.state !== 'closed') throw new Error(`the failover was not asked for: ${JSON.stringify(sent)}`);
    await outside.press('U0BEN', channel, 'consent.approve');
    await outside.seen('U0ANA', channel, /\*failover\* in INC-1 (succeeded|failed)/, longestSeconds);
  } finally {
    watched.stop();
    await outside.close();
  }
  return { scale, run: await readFailover(databaseUrl), watched };
}

async function readFailover(databaseUrl: string): Promise<Measured['run']> {
  const now = new Date();
  const clock = createScaledClock({ realOrigin: now, origin: now, scale: 1 });
  const store = await openStore({ databaseUrl, purpose: 'sandbox', subscribers: [], clock });
  try {
    return await store.tx(async (tx) => {
      const [run] = await runsOf(tx, 1);
      const plan = run && (await readPlan(tx, run.planId));
      if (!run || !plan) throw new Error('The failover is not in the store.');
      return { run, plan, steps: await readSteps(tx, run.id) };
    });
  } finally {
    await store.close();
  }
}
