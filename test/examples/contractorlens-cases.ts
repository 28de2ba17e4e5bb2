import type { FaultInput } from '../../src/sim/index.ts';
import { cutOff } from './contractorlens-breach.ts';
import * as goals from './contractorlens-goals.ts';
import type { Play, Played } from './play.ts';

export const west = 'us-west-2';
const image = `123456789012.dkr.ecr.us-west-2.amazonaws.com/contractorlens@sha256:${'0'.repeat(64)}`;
export const succeeded = /^succeeded$/;
const carried = /^succeeded-with-exceptions$/;

export interface Case {
  scenario: string;
  words: string;
  play: Play;
  /** What has gone wrong when it is planned. */
  before?: readonly FaultInput[];
  outcome?: RegExp;
  goal: goals.Goal;
  /** What it comes to while us-west-2 is dark, if it is not blocked. */
  dark?: { outcome: RegExp; goal?: goals.Goal };
  /** What holds again once it is undone. */
  undone?: goals.Goal;
}

const broken: FaultInput = { kind: 'database-status', region: west, instance: 'contractorlens-db', status: 'failed' };

export const cases: Case[] = [
  {
    scenario: '1, the Region is lost',
    words: '/dr region-failure',
    play: { command: 'region-failure' },
    outcome: carried,
    goal: (world) => [...goals.movedEast(world), ...goals.fencedWest(world)],
    dark: { outcome: carried, goal: goals.movedEast },
  },
  {
    scenario: '2, data is wrong',
    words: '/dr database-failure time=… items=48000',
    play: { command: 'database-failure', inputs: { items: '48000' } },
    before: [
      { kind: 'rows-lost', region: west, instance: 'contractorlens-db', table: 'items', rows: 900, minutes: 90 },
    ],
    goal: goals.restoredInPlace,
    undone: goals.serving,
  },
  {
    scenario: '2, the database has failed',
    words: '/dr database-failure mode=ungraceful',
    play: { command: 'database-failure', mode: 'ungraceful' },
    before: [broken],
    goal: goals.restoredBeside,
  },
  {
    scenario: '3, somebody is inside',
    words: '/dr breach image=… access_key=…',
    play: { command: 'breach', inputs: { image, access_key: 'AKIACONTRACTORLENS1' } },
    goal: (world) => cutOff(world, image),
  },
  {
    scenario: '4, a release is bad',
    words: '/dr service-failure remedy=previous-version',
    play: { command: 'service-failure', inputs: { remedy: 'previous-version' } },
    goal: goals.runsRevision('contractorlens:41'),
    undone: goals.runsRevision('contractorlens:42'),
  },
  {
    scenario: '4, tasks hang',
    words: '/dr service-failure remedy=new-tasks',
    play: { command: 'service-failure', inputs: { remedy: 'new-tasks' } },
    goal: goals.newTasks,
  },
  {
    scenario: '4, there is too much to do',
    words: '/dr service-failure remedy=more-tasks',
    play: { command: 'service-failure', inputs: { remedy: 'more-tasks' } },
    goal: goals.runsRevision('contractorlens:42', 4),
    undone: goals.serving,
  },
  { scenario: 'backups', words: '/dr backup', play: { command: 'backup' }, goal: goals.copied },
  { scenario: 'backups', words: '/dr check-copies', play: { command: 'check-copies' }, goal: goals.untouched },
  {
    scenario: 'monthly test',
    words: '/dr monthly-test',
    play: { command: 'monthly-test' },
    goal: goals.tested,
    dark: { outcome: succeeded },
  },
  {
    scenario: 'quarterly drill',
    words: '/dr quarterly-drill',
    play: { command: 'quarterly-drill' },
    goal: goals.tested,
    dark: { outcome: succeeded },
  },
  { scenario: 'validation', words: '/dr validate', play: { command: 'validate' }, goal: goals.untouched },
  {
    scenario: 'metrics',
    words: '/dr review',
    play: { command: 'review' },
    goal: goals.untouched,
    dark: { outcome: succeeded },
  },
  { scenario: 'a replica', words: '/dr protect', play: { command: 'protect' }, goal: goals.replicated },
];

/** As it is typed: what is given as a moment is two hours before now. */
export function typed({ play }: Case, now: Date): Play {
  if (play.inputs?.items === undefined) return play;
  return { ...play, inputs: { ...play.inputs, time: new Date(now.getTime() - 7_200_000).toISOString() } };
}

/** How it ended, with all that stood in its way. */
export function said({ made, run, pauses }: Played): string {
  return [run?.run.outcome ?? made.verdict, ...made.problems.map(({ sentence }) => sentence), ...pauses].join('\n');
}
