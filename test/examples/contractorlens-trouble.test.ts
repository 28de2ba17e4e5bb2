import { describe, expect, it } from '@jest/globals';
import type { World } from '../../src/sim/index.ts';
import { guardsOf } from '../../src/store/guards.ts';
import { until } from '../support/simulated-muster.ts';
import { type Case, cases, said, typed, west } from './contractorlens-cases.ts';
import { fencedWest, serving } from './contractorlens-goals.ts';
import type { Play, Played } from './play.ts';
import { useStage } from './stage.ts';

const [second, minute] = [1_000, 60_000];
/** How a step stops and goes on does not depend on how long the cloud takes. */
const quick = {
  promoteModifyingMs: 20 * second,
  promoteRebootingMs: 10 * second,
  replicaCreatingMs: minute,
  databaseModifyingMs: 10 * second,
  databaseStoppingMs: 20 * second,
  snapshotMs: 20 * second,
  snapshotCopyMs: 30 * second,
  restoreCreatingMs: 30 * second,
  restoreBackingUpMs: 10 * second,
  targetHealthyMs: 10 * second,
};

describe('contractorlens in trouble', () => {
  const stage = useStage('contractorlens');
  const asTyped = (one: Case): Play => typed(one, stage.muster().clock.now());

  it.each(cases)('goes on where each step fails once: $scenario, $words', async (one) => {
    const world = await stage.open(one.before, quick);
    const played = await stage.play({ ...asTyped(one), retries: 300, atStart: stage.failOnce });
    expect(said(played)).toMatch(/^succeeded/);
    expect(one.goal(world)).toEqual([]);
  });

  it.each(cases)('does nothing, or what it can, while us-west-2 is dark: $scenario, $words', async (one) => {
    const world = await stage.open([{ kind: 'region-dark', region: west }], quick);
    const played = await stage.play(asTyped(one));
    if (!one.dark) return expect({ verdict: played.made.verdict, effects: world.audit().effects }).toEqual(blocked);
    expect(said(played)).toMatch(one.dark.outcome);
    expect(one.dark.goal?.(world) ?? []).toEqual([]);
    if (!played.run?.run.exceptions.some((one) => one.includes('deferred'))) return;
    await fencedOnReturn(world, played);
    expect(fencedWest(world)).toEqual([]);
  });

  const blocked = { verdict: 'blocked', effects: [] };

  async function fencedOnReturn(world: World, { run }: Played): Promise<void> {
    world.clearFaults();
    await until(async () => {
      const guards = await stage.muster().store.tx((tx) => guardsOf(tx, run?.run.incidentId ?? 0));
      return guards.length > 0 && guards.every(({ state }) => state === 'fenced');
    }, 'the guards to fence what has come back');
  }

  it('stops before a restored database that lacks the rows takes the place of anything, and can be undone', async () => {
    const [, { before = [] } = {}] = cases;
    const world = await stage.open(before, quick);
    const isAsItWas = (): void => expect(writersOf(world)).toEqual([]);
    const inputs = { time: 'latest', items: '48000' };
    const played = await stage.play({ command: 'database-failure', inputs, retries: 0, undo: isAsItWas });
    expect(played.run?.run.outcome).toBe('aborted');
    expect(played.pauses[0]).toMatch(/^intact failed: .*items: [\d,]+ of at least [\d,]+/);
    expect(played.undone?.run.outcome).toBe('undone');
    const { title, rtoLeftMs, left } = played.undone?.plan ?? {};
    expect({ title, rtoLeftMs, left }).toEqual({
      title: 'Undo: Database is broken or wrong, go back to a good moment',
      rtoLeftMs: null,
      left: [
        expect.stringMatching(
          /^restore \(Database restored beside the damaged one\), rds:contractorlens-db-restored-[a-z0-9]+ in us-west-2: delete it by hand once nobody needs it\.$/,
        ),
      ],
    });
    await stage.muster().clock.sleep(2 * minute);
    expect(serving(world)).toEqual([]);
  });

  /** Databases that take writes now. */
  const writersOf = (world: World) => world.view().writers.now;

  it.each(cases.filter(({ undone }) => undone))('is as it was once it is undone: $scenario, $words', async (one) => {
    const world = await stage.open(one.before, quick);
    const undo = (): void => expect(one.goal(world)).toEqual([]);
    const played = await stage.play({ ...asTyped(one), undo });
    expect(played.undone?.run.outcome).toBe('undone');
    await stage.muster().clock.sleep(2 * minute);
    expect(one.undone?.(world)).toEqual([]);
  });
});
