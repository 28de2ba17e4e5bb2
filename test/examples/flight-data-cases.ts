import type { FaultInput, World } from '../../src/sim/index.ts';
import {
  backedUp,
  exported,
  type Goal,
  ingesting,
  isolated,
  rebuilt,
  recovered,
  replicating,
  tidy,
  untouched,
} from './flight-data-goals.ts';
import type { Play, Played } from './play.ts';
import type { Stage } from './stage.ts';

export const east = 'us-east-1';
export const dark: FaultInput = { kind: 'region-dark', region: east };
const corrupt: FaultInput = { kind: 'table-corrupt', region: east, table: 'flightdata-main', minutes: 90 };
const lost: FaultInput[] = [
  ...['main', 'metrics', 'config'].map(
    (name): FaultInput => ({ kind: 'table-lost', region: east, table: `flightdata-${name}` }),
  ),
  { kind: 'functions-lost', region: east, prefix: 'flightdata-' },
  { kind: 'bucket-lost', bucket: 'flightdata-processed' },
];

export interface Case {
  scenario: string;
  command: string;
  /** What has gone wrong when it is planned. */
  before?: readonly FaultInput[];
  /** What has to have been done. */
  first?: string;
  /** Hours before now, for commands that ask to which time to go back. */
  hoursAgo?: number;
  goal: Goal;
  byHand?: string[];
  /** While us-east-1 is dark: how it ends, or why it cannot be begun. */
  dark: RegExp;
  /** What holds again once it is undone. */
  undone?: Goal;
}

/** The plan's own reason, where a command acts on what does not answer. */
const silent = /^blocked\n(.|\n)*us-east-1.*did not answer/;

export const cases: Case[] = [
  { command: 'backup', scenario: 'routine, daily', goal: backedUp, dark: silent },
  { command: 'export-tables', scenario: 'routine, hourly', first: 'backup', goal: exported, dark: silent },
  { command: 'protect-buckets', scenario: 'routine, once', goal: replicating, dark: silent },
  {
    command: 'isolate-corruption',
    scenario: 'data corruption',
    before: [corrupt],
    goal: isolated,
    byHand: ['decided'],
    dark: silent,
    undone: ingesting,
  },
  {
    command: 'recover-from-corruption',
    scenario: 'data corruption',
    before: [corrupt],
    hoursAgo: 2,
    goal: recovered,
    byHand: ['agreed', 'looked'],
    dark: silent,
  },
  {
    command: 'rebuild',
    scenario: 'infrastructure loss',
    before: lost,
    goal: rebuilt,
    byHand: ['secret', 'looked'],
    dark: silent,
  },
  { command: 'check-backups', scenario: 'test, monthly', goal: tidy, dark: silent },
  { command: 'simulate-recovery', scenario: 'test, quarterly', goal: tidy, byHand: ['tested'], dark: /^succeeded$/ },
  {
    command: 'continuity-test',
    scenario: 'test, yearly',
    goal: untouched,
    byHand: ['prepared', 'moved', 'told', 'business', 'learned'],
    dark: /^succeeded$/,
  },
  { command: 'backup-status', scenario: 'report', goal: untouched, dark: silent },
];

/** A cloud in which it can be played. */
export async function prepare(stage: Stage, { before, first }: Case): Promise<World> {
  const world = await stage.open(before);
  if (first !== undefined) await stage.play({ command: first });
  return world;
}

export function playOf({ command, hoursAgo }: Case, now: Date): Play {
  if (hoursAgo === undefined) return { command };
  return { command, inputs: { restore_to: new Date(now.getTime() - hoursAgo * 3_600_000).toISOString() } };
}

export function outcomeOf({ made, run }: Played): string {
  return run?.run.outcome ?? made.verdict;
}

/** How it ended, with all that stood in its way. */
export function said(played: Played): string {
  const { made, pauses } = played;
  return [outcomeOf(played), ...made.problems.map(({ sentence }) => sentence), ...pauses].join('\n');
}
