import { setTimeout as wait } from 'node:timers/promises';
import { defaultLeaseMs as leaseMs } from '../../src/durable/durable.ts';
import { approve, askForFailover, declare, toldBy } from '../../test/laws/support/people.ts';
import { type Replicas, startReplicas } from '../../test/laws/support/replicas.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { percentile } from '../support/numbers.ts';
import { say, table } from '../support/table.ts';

const rounds = Number(process.argv[2] ?? 5);
/** The failover's second effect on the way to the third: tasks stop meanwhile, in the simulated cloud. */
const fence = 'UpdateService ecs:prod-cluster/app-service';

const postgres = await startPostgres();
try {
  const undisturbed: number[] = [];
  const killed: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    undisturbed.push(await measure(await postgres.createDatabase(), false));
    killed.push(await measure(await postgres.createDatabase(), true));
  }
  const row = (name: string, took: readonly number[]): string[] => [
    name,
    inSeconds(Math.min(...took)),
    inSeconds(percentile(took, 0.5)),
    inSeconds(Math.max(...took)),
  ];
  say(
    table(
      ["from the fence to the next step's effect", 'least', 'middle', 'most'],
      [row('undisturbed', undisturbed), row('its process killed just after the fence', killed)],
    ),
  );
  const most = Math.max(...killed) / leaseMs;
  say(`From the kill to the next effect: at most ${most.toFixed(2)} times the lease of ${inSeconds(leaseMs)}.`);
} finally {
  await postgres.stop();
}

/** Real milliseconds from the fence, after which the process that carries the run may be killed, to the next effect. */
async function measure(databaseUrl: string, kill: boolean): Promise<number> {
  const life = await startReplicas(databaseUrl, 2);
  try {
    const channel = await declare(life);
    await askForFailover(life, channel);
    await approve(life, channel);
    life.hurry(true);
    await untilEffects(life, (effects) => effects.includes(fence));
    const sent = effectsOf(life).length;
    const carrier = await life.carrier();
    const began = performance.now();
    if (kill) carrier.running.bot.kill();
    await untilEffects(life, (effects) => effects.length > sent);
    return performance.now() - began;
  } finally {
    await life.close();
  }
}

function effectsOf({ farEnds }: Replicas): string[] {
  return farEnds.world.world.audit().effects.map(({ command, target }) => `${command} ${target}`);
}

async function untilEffects(life: Replicas, is: (effects: readonly string[]) => boolean): Promise<void> {
  const longestMs = 120_000;
  const began = performance.now();
  while (!is(effectsOf(life))) {
    if (performance.now() - began > longestMs)
      throw new Error(`no further effect within ${longestMs} ms, after ${effectsOf(life).join(', ')}${toldBy(life)}`);
    await wait(20);
  }
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
