import { say, table } from '../support/table.ts';
import { explainStep, longestChain, type Spent } from './explain.ts';
import { type Measured, measureFailover } from './measure.ts';

// A clock that goes faster also makes our own real time look longer.
const scale = 20;
const allowedShare = 1.05;
const allowedRealMs = 20;

/** What else the machine does only ever adds time, so the shortest of these is the nearest to the truth. */
const tries: Measured[] = [];
for (let attempt = 1; attempt <= 3; attempt += 1) tries.push(await measureFailover(scale));
const [measured] = tries.toSorted((a, b) => elapsedOf(a) - elapsedOf(b));
if (!measured) throw new Error('expected at least one failover');
const chain = longestChain(measured);
const spent = chain.map((step) => explainStep(measured, step));
const sum = (part: Exclude<keyof Spent, 'step'>): number => spent.reduce((total, step) => total + step[part], 0);
const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const cells = ({ before, world, polls, after }: Omit<Spent, 'step'>): string[] => [
  inSeconds(world),
  inSeconds(before),
  inSeconds(polls),
  inSeconds(after),
];

const total = { world: sum('world'), before: sum('before'), polls: sum('polls'), after: sum('after') };
say(
  table(
    ['step on the critical path', "the world's own time", 'until sent', 'until looked at', 'until handed on'],
    [...spent.map((step) => [step.step, ...cells(step)]), ['together', ...cells(total)]],
  ),
);

const elapsed = elapsedOf(measured);
const allowed = total.world * allowedShare + spent.length * allowedRealMs * scale;
const ownRealMs = (elapsed - total.world - total.polls) / scale / spent.length;
say(`Outcome ${measured.run.run.outcome}; ${inSeconds(elapsed)} elapsed of a clock that goes ${scale} times as fast.`);
say(`Elapsed to the world's own critical path: ${(elapsed / total.world).toFixed(3)}.`);
say(
  `Wanted: at most ${inSeconds(allowed)}, which is ${allowedShare} of it and ${allowedRealMs} ms of real time a step.`,
);
say(`Besides the world and the waits between looks: ${ownRealMs.toFixed(1)} ms of real time a step.`);

function elapsedOf({ run: { run } }: Measured): number {
  return (run.endedAt?.getTime() ?? Number.NaN) - run.startedAt.getTime();
}
