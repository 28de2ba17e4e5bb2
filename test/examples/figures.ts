import { readFileSync, writeFileSync } from 'node:fs';
import { durationMs } from '../../src/domain/duration.ts';
import type { Played } from './play.ts';

/** What `examples/README.md` says of one play. */
export interface Figure {
  scenario: string;
  command: string;
  result: string;
  steps: number;
  byHand: number;
  minutes: number;
  objective: string;
}

const file = 'examples/README.md';
/** A simulated clock also counts the real time of its computer's work. */
const within = { minutes: 2, share: 0.1 };

export function figureOf(scenario: string, words: string, { made, run, byHand }: Played): Figure {
  const ms = run?.run.endedAt ? run.run.endedAt.getTime() - run.run.startedAt.getTime() : 0;
  const { objectives, scenario: recovers } = made.plan;
  const rtoMs = recovers === null ? null : objectives.rtoMs;
  return {
    scenario,
    command: words,
    result: run?.run.outcome ?? made.verdict,
    steps: made.plan.steps.length,
    byHand: byHand.length,
    minutes: Math.round(ms / 60_000),
    objective: rtoMs === null ? '' : sayHours(rtoMs),
  };
}

function sayHours(ms: number): string {
  return ms % durationMs('1h') === 0 ? `${ms / durationMs('1h')}h` : `${ms / durationMs('1m')}m`;
}

/** Sentences about where the page and what was seen differ. With MUSTER_WRITE=1 the page is written instead. */
export function compareFigures(example: string, seen: readonly Figure[]): string[] {
  const page = readPage();
  if (process.env.MUSTER_WRITE === '1') {
    writeFileSync(file, renderPage(new Map([...page, [example, seen.map(rowOf)]])));
    return [];
  }
  const rows = page.get(example) ?? [];
  const wanted = seen.map(rowOf);
  const differing = wanted.filter((row, at) => !isAlike(row, rows[at]));
  return [
    ...differing.map((row) => `${file} does not say: ${row}`),
    ...(rows.length > wanted.length ? [`${file} says more of ${example} than was seen`] : []),
  ];
}

function rowOf({ scenario, command, result, steps, byHand, minutes, objective }: Figure): string {
  return `| ${scenario} | \`${command}\` | ${result} | ${steps} | ${byHand} | ${minutes} | ${objective} |`;
}

function isAlike(row: string, said: string | undefined): boolean {
  if (said === undefined) return false;
  const [cells, others] = [row.split('|'), said.split('|')];
  const [minutes, before] = [Number(cells[6]), Number(others[6])];
  const sameRest = cells.every((cell, at) => at === 6 || cell === others[at]);
  return sameRest && Math.abs(minutes - before) <= Math.max(within.minutes, before * within.share);
}

function readPage(): Map<string, string[]> {
  const sections = readText().split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [name = '', ...lines] = section.split('\n');
      return [name.trim(), lines.filter((line) => /^\| (?!scenario|---)/.test(line))];
    }),
  );
}

function readText(): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function renderPage(sections: ReadonlyMap<string, readonly string[]>): string {
  const head = `<!-- Written by the tests of the examples, run with MUSTER_WRITE=1: do not edit. -->

# Examples

Each folder is a home: \`npm start -- --home examples/NAME\` tries it out in the simulated cloud. Below is what each command
came to when a test played it there to its end: how many steps it has, how many of them people do, and how long it took on the
cloud's clock, where people answer at once. AWS's usual waits are in it; the time that people think is not.
`;
  const tables = [...sections]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(
      ([name, rows]) =>
        `## ${name}\n\n| scenario | command | result | steps | by hand | minutes | objective |\n| --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`,
    );
  return [head, ...tables].join('\n');
}
