import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Case, cases, said, succeeded, typed } from './contractorlens-cases.ts';
import * as goals from './contractorlens-goals.ts';
import { compareFigures, type Figure, figureOf } from './figures.ts';
import type { Play, Played } from './play.ts';
import { useStage } from './stage.ts';

/** What has to be there before is not measured. */
const beforehand = { replicaCreatingMs: 60_000, restoreCreatingMs: 60_000, restoreBackingUpMs: 10_000 };
const Restored = z.object({ instance: z.string() });

describe('every command of contractorlens', () => {
  const stage = useStage('contractorlens');
  const seen: Figure[] = [];

  const note = async ({ scenario, words }: Pick<Case, 'scenario' | 'words'>, play: Play): Promise<Played> => {
    const played = await stage.play(play);
    seen.push(figureOf(scenario, words, played));
    return played;
  };

  it.each(cases)('ends as it was designed: $scenario, $words', async (one) => {
    const world = await stage.open(one.before);
    const played = await note(one, typed(one, stage.muster().clock.now()));
    expect(said(played)).toMatch(one.outcome ?? succeeded);
    expect(played.pauses).toEqual([]);
    expect(one.goal(world)).toEqual([]);
  });

  it('moves without losing more than seconds where there is a replica', async () => {
    const world = await stage.open([], beforehand);
    await stage.play({ command: 'protect' });
    const failover = { command: 'failover', inputs: { tasks: '4' } };
    const moved = await note({ scenario: 'with a replica', words: '/dr failover tasks=4' }, failover);
    expect(said(moved)).toMatch(succeeded);
    expect(goals.wentEastByReplica(world)).toEqual([]);
  });

  it('goes back to us-west-2 once it has a replica there', async () => {
    const world = await stage.open([], beforehand);
    const lost = await stage.play({ command: 'region-failure' });
    const { instance: database } = Restored.parse(lost.run?.steps.find(({ id }) => id === 'restore')?.output);
    expect(said(await stage.play({ command: 'protect', inputs: { database } }))).toMatch(succeeded);
    const back = { command: 'fail-back', inputs: { database } };
    const home = await note({ scenario: 'the way back', words: '/dr fail-back database=…' }, back);
    expect(said(home)).toMatch(succeeded);
    expect(goals.cameBack(world)).toEqual([]);
  });

  it('is allowed no more than it asks for', () =>
    expect(stage.unasked()).toEqual([
      // To undo an isolation and a revocation, which nobody does here.
      'ec2:AssociateIamInstanceProfile',
      'iam:DeleteRolePolicy',
      // Of an account that has never asked for another quota.
      'servicequotas:GetAWSDefaultServiceQuota',
    ]));

  it('says in examples/README.md what was seen here', () => expect(compareFigures('contractorlens', seen)).toEqual([]));
});
