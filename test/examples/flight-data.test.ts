import { describe, expect, it } from '@jest/globals';
import type { FaultInput, World } from '../../src/sim/index.ts';
import { compareFigures, type Figure, figureOf } from './figures.ts';
import {
  backedUp,
  exported,
  type Goal,
  inEast,
  inWest,
  isolated,
  rebuilt,
  recovered,
  replicating,
  tidy,
  untouched,
} from './flight-data-goals.ts';
import type { Played } from './play.ts';
import { useStage } from './stage.ts';

const stage = useStage('flight-data');
const longest = 300_000;
const figures: Figure[] = [];

const corrupt: FaultInput = { kind: 'table-corrupt', region: 'us-east-1', table: 'flightdata-main', minutes: 90 };
const dark: FaultInput = { kind: 'region-dark', region: 'us-east-1' };
const lost: FaultInput[] = [
  ...['main', 'metrics', 'config'].map(
    (name): FaultInput => ({ kind: 'table-lost', region: 'us-east-1', table: `flightdata-${name}` }),
  ),
  { kind: 'functions-lost', region: 'us-east-1', prefix: 'flightdata-' },
  { kind: 'bucket-lost', bucket: 'flightdata-processed' },
];

interface Act {
  command: string;
  scenario: string;
  before?: readonly FaultInput[];
  /** Hours before now, for commands that ask to which time to go back. */
  hoursAgo?: number;
  goal: Goal;
  byHand?: string[];
}

const acts: Act[] = [
  { command: 'backup', scenario: 'routine, daily', goal: backedUp },
  { command: 'protect-buckets', scenario: 'routine, once', goal: replicating },
  {
    command: 'isolate-corruption',
    scenario: 'data corruption',
    before: [corrupt],
    goal: isolated,
    byHand: ['decided'],
  },
  {
    command: 'recover-from-corruption',
    scenario: 'data corruption',
    before: [corrupt],
    hoursAgo: 2,
    goal: recovered,
    byHand: ['agreed', 'looked'],
  },
  { command: 'rebuild', scenario: 'infrastructure loss', before: lost, goal: rebuilt, byHand: ['secret', 'looked'] },
  { command: 'check-backups', scenario: 'test, monthly', goal: tidy },
  { command: 'simulate-recovery', scenario: 'test, quarterly', goal: tidy, byHand: ['tested'] },
  { command: 'backup-status', scenario: 'report', goal: untouched },
];

function inputsOf({ hoursAgo }: Act): Record<string, string> {
  if (hoursAgo === undefined) return {};
  return { restore_to: new Date(stage.muster().clock.now().getTime() - hoursAgo * 3_600_000).toISOString() };
}

function outcomeOf({ made, run }: Played): string {
  return run?.run.outcome ?? made.verdict;
}

/** What a play did to the cloud, each kind of call once: the calls that can fail it. */
function callsOf(world: World): FaultInput[] {
  const made = world.audit().effects.filter(({ accepted }) => accepted);
  const kinds = new Map(
    made.map(({ service, command, region }) => [`${service}:${command}:${region}`, { service, command, region }]),
  );
  return [...kinds.values()].map((call) => ({ kind: 'call', fails: 'error', times: 3, ...call }));
}

describe.each(acts)('$command', (act) => {
  let calls: FaultInput[] = [];

  it(
    'comes to its end, and the cloud shows it',
    async () => {
      const world = await stage.open(act.before);
      const played = await stage.play({ command: act.command, inputs: inputsOf(act) });
      calls = callsOf(world);
      figures.push(figureOf(act.scenario, act.command, played));
      expect({ outcome: outcomeOf(played), pauses: played.pauses, byHand: played.byHand.toSorted() }).toEqual({
        outcome: 'succeeded',
        pauses: [],
        byHand: (act.byHand ?? []).toSorted(),
      });
      expect(act.goal(world)).toEqual([]);
    },
    longest,
  );

  it(
    'never says that it succeeded where it did not, though every kind of call fails once',
    async () => {
      expect(calls.length > 0).toBe(act.goal !== untouched);
      const world = await stage.open(act.before);
      const played = await stage.play({ command: act.command, inputs: inputsOf(act), faults: calls, retries: 12 });
      const claims = outcomeOf(played).startsWith('succeeded') ? act.goal(world) : [];
      expect({ claims, said: outcomeOf(played) !== 'succeeded' || played.run !== null }).toEqual({
        claims: [],
        said: true,
      });
    },
    longest,
  );

  it(
    'is refused with its reason where the primary Region is dark, or ends without a false word',
    async () => {
      const world = await stage.open([...(act.before ?? []), dark]);
      const played = await stage.play({ command: act.command, inputs: inputsOf(act) });
      if (played.run === null) expect(played.made.problems.length).toBeGreaterThan(0);
      if (outcomeOf(played).startsWith('succeeded')) expect(act.goal(world)).toEqual([]);
      expect(untouched(world).filter((effect) => effect.includes('us-east-1'))).toEqual([]);
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
      expect(outcomeOf(await stage.play({ command: 'export-tables' }))).toBe('succeeded');
      expect(exported(world)).toEqual([]);
      const away = await stage.play({ command: 'failover' });
      figures.push(figureOf('region outage', 'failover', away));
      expect(outcomeOf(away)).toBe('succeeded');
      expect(inWest(world)).toEqual([]);
      await comeBack(away, world);
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
      await comeBack(away, world);
    },
    longest,
  );
});

async function comeBack(away: Played, world: World): Promise<void> {
  const made = (step: string): string => {
    const output = away.run?.steps.find(({ id }) => id === step)?.output;
    return typeof output?.table === 'string' ? output.table : '';
  };
  const inputs = {
    main_table: made('imported_main'),
    metrics_table: made('imported_metrics'),
    config_table: made('imported_config'),
  };
  const back = await stage.play({ command: 'failback', inputs });
  expect(outcomeOf(back)).toBe('succeeded');
  expect(inEast(world)).toEqual([]);
}

describe('examples/README.md', () => {
  it('says what was seen here', () => expect(compareFigures('flight-data', figures)).toEqual([]));
});
