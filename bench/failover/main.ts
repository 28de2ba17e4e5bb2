import { startPostgres } from '../../test/support/postgres.ts';
import { say, table } from '../support/table.ts';
import { sayWanted } from '../support/want.ts';
import { explainStep, longestChain, type Spent } from './explain.ts';
import { type Measured, measureFailover } from './measure.ts';
import { measureReplicas } from './replicas.ts';

// A clock that goes faster also makes our own real time look longer.
const scale = 20;
const allowedShare = 1.05;
const allowedRealMs = 20;

/** One failover, where its time went, and what it would have taken at best. */
interface Told {
  outcome: string | null;
  elapsed: number;
  spent: Spent[];
  total: Omit<Spent, 'step'>;
  allowed: number;
}

const alone = await shortest(3, () => measureFailover(scale));
say(
  table(
    ['step on the critical path', "the world's own time", 'until sent', 'until looked at', 'until handed on'],
    [...alone.spent.map((step) => [step.step, ...cells(step)]), ['together', ...cells(alone.total)]],
  ),
);
sayEnd(alone);

const postgres = await startPostgres();
try {
  const served = async (processes: number): Promise<Told> =>
    shortest(2, async () => measureReplicas(await postgres.createDatabase(), processes, scale));
  const [one, two] = [await served(1), await served(2)];
  say(
    table(
      [
        'by the built program on PostgreSQL',
        'elapsed',
        "the world's own time",
        'until sent, looked at, handed on',
        'ratio',
      ],
      [row('one process', one), row('two processes', two)],
    ),
  );
  for (const told of [one, two]) sayEnd(told);
  say(`Two processes to one: ${(two.elapsed / two.total.world / (one.elapsed / one.total.world)).toFixed(3)}.`);
} finally {
  await postgres.stop();
}

/** What else the machine does only ever adds time, so the shortest of these is the nearest to the truth. */
async function shortest(times: number, measure: () => Promise<Measured>): Promise<Told> {
  const tries: Told[] = [];
  for (let attempt = 1; attempt <= times; attempt += 1) tries.push(tell(await measure()));
  const [best] = tries.toSorted((a, b) => a.elapsed - b.elapsed);
  if (!best) throw new Error('expected at least one failover');
  return best;
}

function tell(measured: Measured): Told {
  const { run } = measured.run;
  const spent = longestChain(measured).map((step) => explainStep(measured, step));
  const sum = (part: keyof Told['total']): number => spent.reduce((total, step) => total + step[part], 0);
  const total = { world: sum('world'), before: sum('before'), polls: sum('polls'), after: sum('after') };
  return {
    outcome: run.outcome,
    elapsed: (run.endedAt?.getTime() ?? Number.NaN) - run.startedAt.getTime(),
    spent,
    total,
    allowed: total.world * allowedShare + spent.length * allowedRealMs * scale,
  };
}

function sayEnd({ outcome, elapsed, total, allowed, spent }: Told): void {
  const ownRealMs = (elapsed - total.world - total.polls) / scale / spent.length;
  say(`Outcome ${outcome}; ${inSeconds(elapsed)} elapsed of a clock that goes ${scale} times as fast.`);
  say(`Elapsed to the world's own critical path: ${(elapsed / total.world).toFixed(3)}.`);
  sayWanted(
    `Elapsed, of ${allowedShare} times that path and ${allowedRealMs} ms of real time a step`,
    elapsed,
    allowed,
    inSeconds,
  );
  say(`Besides the world and the waits between looks: ${ownRealMs.toFixed(1)} ms of real time a step.`);
}

function row(name: string, { elapsed, total: { world, before, polls, after } }: Told): string[] {
  const rest = [before, polls, after].map(inSeconds).join(', ');
  return [name, inSeconds(elapsed), inSeconds(world), rest, (elapsed / world).toFixed(3)];
}

function cells({ before, world, polls, after }: Omit<Spent, 'step'>): string[] {
  return [world, before, polls, after].map(inSeconds);
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
