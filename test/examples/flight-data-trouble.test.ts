import { describe, expect, it } from '@jest/globals';
import type { FaultInput, World } from '../../src/sim/index.ts';
import { cases, dark, outcomeOf, playOf, prepare, said } from './flight-data-cases.ts';
import { answering, inEast, ingesting, inWest, untouched, writable } from './flight-data-goals.ts';
import type { Play, Played } from './play.ts';
import { useStage } from './stage.ts';

const retries = 300;

describe('flight-data in trouble', () => {
  const stage = useStage('flight-data');
  const failing = (what: Play): Promise<Played> => stage.play({ ...what, retries, atStart: stage.failOnce });
  const failoverReady = async (): Promise<World> => {
    const world = await stage.open();
    expect(outcomeOf(await stage.play({ command: 'backup' }))).toBe('succeeded');
    return world;
  };

  it.each(cases)('goes on where each step fails once: $command', async (one) => {
    const world = await prepare(stage, one);
    expect(said(await failing(playOf(one, stage.muster().clock.now())))).toMatch(/^succeeded/);
    expect(one.goal(world)).toEqual([]);
  });

  it.each(cases)('is begun while us-east-1 is dark, or says why it cannot be: $command', async (one) => {
    const world = await prepare(stage, one);
    const before = untouched(world).length;
    world.setFault(dark);
    const played = await stage.play(playOf(one, stage.muster().clock.now()));
    expect(said(played)).toMatch(one.dark);
    expect({ begun: played.run !== null, effects: played.run ? [] : untouched(world).slice(before) }).toEqual({
      begun: !outcomeOf(played).startsWith('blocked'),
      effects: [],
    });
    if (played.run) expect(one.goal(world)).toEqual([]);
  });

  it('goes to us-west-2 and comes back where each step fails once', async () => {
    const world = await failoverReady();
    const away = await failing({ command: 'failover' });
    expect(said(away)).toMatch(/^succeeded/);
    expect(inWest(world)).toEqual([]);
    stage.calm();
    const back = await failing({ command: 'failback' });
    expect(said(back)).toMatch(/^succeeded/);
    expect(inEast(world)).toEqual([]);
  });

  it('leaves a dark us-east-1 where each step fails once', async () => {
    const world = await stage.open([dark]);
    const away = await failing({ command: 'failover', mode: 'ungraceful' });
    expect(said(away)).toMatch(/^succeeded-with-exceptions/);
    expect(inWest(world)).toEqual([]);
  });

  it.each(cases.filter(({ undone }) => undone))('is as it was once it is undone: $command', async (one) => {
    const world = await prepare(stage, one);
    const undo = (): void => expect(one.goal(world)).toEqual([]);
    const what = { ...playOf(one, stage.muster().clock.now()), retries, undo, atUndo: stage.failOnce };
    const played = await stage.play(what);
    expect(played.undone?.run.outcome).toBe('undone');
    expect(one.undone?.(world)).toEqual([]);
  });

  it('serves from us-east-1 as before once a failover that stopped halfway is undone, though each step fails once', async () => {
    const world = await failoverReady();
    const faults: FaultInput[] = [
      { kind: 'call', service: 'dynamodb', command: 'ImportTable', fails: 'error', times: 99 },
    ];
    const undone = { undo: stage.calm, atUndo: stage.failOnce, undoRetries: retries };
    const played = await stage.play({ command: 'failover', faults, retries: 0, ...undone });
    expect(played.run?.run.outcome).toBe('aborted');
    expect(played.undone?.run.outcome).toBe('undone');
    expect([...answering('us-east-1')(world), ...ingesting(world), ...writable(world)]).toEqual([]);
  });

  it('does not undo a whole failover, for scripts cannot be undone, and says so: its failback is the way', async () => {
    const world = await failoverReady();
    const undo = (): void => expect(inWest(world)).toEqual([]);
    await expect(stage.play({ command: 'failover', undo })).rejects.toThrow(
      /^failover cannot be undone: .*script has done cannot be put back by Muster/,
    );
  });
});
