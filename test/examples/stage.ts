import { afterAll, beforeAll } from '@jest/globals';
import type { Estate, FaultInput, World } from '../../src/sim/index.ts';
import { createManyWorlds, type ManyWorlds } from '../laws/support/false-success/many-worlds.ts';
import type { Example } from '../support/example-cloud.ts';
import { watchPermissions } from '../support/permissions.ts';
import { type SimulatedMuster, startSimulatedMuster } from '../support/simulated-muster.ts';
import { failOnce } from './fail-once.ts';
import { type Play, type Played, play } from './play.ts';

export interface Stage {
  /** A fresh cloud, served from its primary Region, in which `before` has happened. */
  open(before?: readonly FaultInput[], timings?: Partial<Estate['timings']>): Promise<World>;
  /** Rejects where it asked AWS for what the policy of its command does not allow. */
  play(what: Play): Promise<Played>;
  /** What the policy of this home allows and no play has asked for. */
  unasked(): string[];
  /** From now on, in this cloud, each step of a run comes to a stop once. */
  failOnce(): void;
  /** From now on nothing goes wrong. */
  calm(): void;
  muster(): SimulatedMuster;
}

/** For `describe`: one Muster for the whole file, on one cloud after the other. */
export function useStage(example: Example): Stage {
  let muster: SimulatedMuster | undefined;
  let worlds: ManyWorlds | undefined;
  const permissions = watchPermissions();
  const opened = (): { muster: SimulatedMuster; worlds: ManyWorlds } => {
    if (!muster || !worlds) throw new Error('Muster runs only while tests do.');
    return { muster, worlds };
  };
  beforeAll(async () => {
    muster = await startSimulatedMuster({
      example,
      leaps: true,
      onSend: permissions.heard,
      env: { MUSTER_LOG_LEVEL: 'error' },
      createWorld: (clock) => {
        worlds = createManyWorlds(clock, example);
        return worlds.world;
      },
    });
  });
  afterAll(() => muster?.close());
  return {
    muster: () => opened().muster,
    async play(what) {
      permissions.begin(what.command);
      const played = await play(opened().muster, what);
      const beyond = permissions.beyond(what.command, opened().muster.commands);
      if (beyond.length > 0) throw new Error(`${what.command} asked for what its policy does not allow: ${beyond}`);
      return played;
    },
    unasked: () => permissions.unasked(opened().muster.commands),
    failOnce() {
      const { worlds: made } = opened();
      made.watch(failOnce(made.world));
    },
    calm() {
      const { worlds: made } = opened();
      made.watch(() => {});
      made.world.clearFaults();
    },
    async open(before = [], timings = {}) {
      const { muster: running, worlds: made } = opened();
      made.renew(timings);
      await forgetEarlierClouds(running);
      for (const fault of before) made.world.setFault(fault);
      return made.world;
    },
  };
}

/**
 * A service that was never moved is where it was designed to be, and a Region that was never left has no return guard: one
 * that outlives its cloud would fence the next.
 */
async function forgetEarlierClouds({ store }: SimulatedMuster): Promise<void> {
  await store.tx(async (tx) => {
    await tx.query('delete from active_region');
    await tx.query(`update return_guard set state = 'released' where state = 'armed'`);
  });
}
