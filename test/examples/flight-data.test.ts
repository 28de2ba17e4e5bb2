import { describe, expect, it } from '@jest/globals';
import type { World } from '../../src/sim/index.ts';
import { compareFigures, type Figure, figureOf } from './figures.ts';
import { cases, dark, outcomeOf, playOf, prepare } from './flight-data-cases.ts';
import { inEast, inWest } from './flight-data-goals.ts';
import { useStage } from './stage.ts';

const stage = useStage('flight-data');
const longest = 300_000;
const figures: Figure[] = [];

describe.each(cases)('$command', (one) => {
  it(
    'comes to its end, and the cloud shows it',
    async () => {
      const world = await prepare(stage, one);
      const played = await stage.play(playOf(one, stage.muster().clock.now()));
      figures.push(figureOf(one.scenario, one.command, played));
      expect({ outcome: outcomeOf(played), pauses: played.pauses, byHand: played.byHand.toSorted() }).toEqual({
        outcome: 'succeeded',
        pauses: [],
        byHand: (one.byHand ?? []).toSorted(),
      });
      expect(one.goal(world)).toEqual([]);
    },
    longest,
  );
});

describe('failover and failback', () => {
  it(
    'go and come back without loss',
    async () => {
      const world = await stage.open();
      expect(outcomeOf(await stage.play({ command: 'backup' }))).toBe('succeeded');
      const away = await stage.play({ command: 'failover' });
      figures.push(figureOf('region outage', 'failover', away));
      expect(outcomeOf(away)).toBe('succeeded');
      expect(inWest(world)).toEqual([]);
      await comeBack(world);
    },
    longest,
  );

  it(
    'leave a dark Region, and fence it when it returns',
    async () => {
      const world = await stage.open([dark]);
      expect((await stage.play({ command: 'failover', mode: 'graceful' })).made.verdict).toBe('blocked');
      const away = await stage.play({ command: 'failover', mode: 'ungraceful' });
      figures.push(figureOf('region outage, the Region dark', 'failover mode=ungraceful', away));
      expect(outcomeOf(away)).toBe('succeeded-with-exceptions');
      expect(inWest(world)).toEqual([]);
      world.clearFaults();
      await comeBack(world);
    },
    longest,
  );
});

async function comeBack(world: World): Promise<void> {
  const back = await stage.play({ command: 'failback' });
  expect(outcomeOf(back)).toBe('succeeded');
  expect(inEast(world)).toEqual([]);
}

describe('their policies', () => {
  it('allow no more than is asked for', () =>
    expect(stage.unasked()).toEqual([
      // Why a stack has failed.
      'cloudformation:DescribeStackEvents',
      // To undo what shuts writers out, and where settings of a table differ.
      'dynamodb:DeleteResourcePolicy',
      'dynamodb:ListImports',
      'dynamodb:UntagResource',
      'lambda:GetAccountSettings',
      // Where functions are there that differ from their backup.
      'lambda:RemovePermission',
      'lambda:UpdateAlias',
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
      'secretsmanager:GetSecretValue',
    ]));
});

describe('examples/README.md', () => {
  it('says what was seen here', () => expect(compareFigures('flight-data', figures)).toEqual([]));
});
