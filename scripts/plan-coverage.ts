import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Command } from '../src/domain/command.ts';

/** What has become of each line of somebody's recovery plan: the contents of `examples/NAME/plan.yml`. */

const At = z.strictObject({
  command: z.string(),
  step: z.union([z.string(), z.array(z.string()).min(1)]).describe('One or several steps of that command.'),
});
type At = z.infer<typeof At>;

const fates = ['automated', 'manual', 'set', 'refused', 'context'] as const;

const Entry = z
  .strictObject({
    lines: z.string().regex(/^\d+(-\d+)?$/, 'expected lines such as 71 or 71-78'),
    says: z.string().max(160).describe('What these lines want, in one clause.'),
    automated: z.array(At).min(1).optional(),
    manual: z.strictObject({ who: z.string(), ...At.partial().shape }).optional(),
    set: z.string().optional().describe('Where it is set: a key of muster.yml, a template.'),
    refused: z.string().optional().describe('Why not, and what there is instead.'),
    context: z.literal(true).optional(),
    /** What differs from the plan where it is done. */
    note: z.string().optional(),
  })
  .refine((entry) => fates.filter((fate) => entry[fate] !== undefined).length === 1, {
    message: `expected one of ${fates.join(', ')}`,
  });
type Entry = z.infer<typeof Entry>;

export const PlanCoverage = z.strictObject({
  source: z.string().describe("The plan's title."),
  lines: z.int().min(1).describe('How many lines it has.'),
  text: z.string().describe('What stands above the table in README.md.'),
  plan: z.array(Entry).min(1),
  beyond: z
    .array(z.strictObject({ ...At.shape, why: z.string() }))
    .default([])
    .describe('Steps that no line of the plan asks for.'),
});
export type PlanCoverage = z.infer<typeof PlanCoverage>;

/** Reads `examples/NAME/plan.yml`, from the root of the repository. */
export function readPlanCoverage(example: string): PlanCoverage {
  return PlanCoverage.parse(parse(readFileSync(`examples/${example}/plan.yml`, 'utf8')));
}

/** Sentences about lines that are missing or there twice, and steps that are not there or not accounted for. */
export function findGaps(coverage: PlanCoverage, commands: readonly Command[]): string[] {
  return [...lineGaps(coverage), ...stepGaps(coverage, commands)];
}

function lineGaps({ plan, lines }: PlanCoverage): string[] {
  let next = 1;
  const gaps: string[] = [];
  for (const entry of plan) {
    const [from, to] = rangeOf(entry);
    if (from !== next) gaps.push(`lines ${entry.lines} come where line ${next} is expected`);
    if (to < from) gaps.push(`lines ${entry.lines} end before they begin`);
    next = to + 1;
  }
  return next === lines + 1 ? gaps : [...gaps, `the last entry ends at line ${next - 1}, and the plan has ${lines}`];
}

function stepGaps(coverage: PlanCoverage, commands: readonly Command[]): string[] {
  const there = commands.flatMap(({ name, steps }) => steps.map(({ id }) => `${name}/${id}`));
  const named = [...coverage.plan.flatMap(placesOf), ...coverage.beyond.flatMap(stepsAt)];
  const unknown = named.filter((one) => !there.includes(one)).map((one) => `there is no step ${one}`);
  const forgotten = there.filter((one) => !named.includes(one));
  return [...unknown, ...forgotten.map((one) => `no line of the plan names ${one}: name it, or say why it is beyond`)];
}

function placesOf({ automated = [], manual }: Entry): string[] {
  const { command, step } = manual ?? {};
  const byHand = command !== undefined && step !== undefined ? stepsAt({ command, step }) : [];
  return [...automated.flatMap(stepsAt), ...byHand];
}

function stepsAt({ command, step }: At): string[] {
  return [step].flat().map((id) => `${command}/${id}`);
}

function rangeOf({ lines }: Entry): [number, number] {
  const [from = 0, to = from] = lines.split('-').map(Number);
  return [from, to];
}

/** The example's README.md. */
export function renderReadme(example: string): string {
  const coverage = readPlanCoverage(example);
  const rows = coverage.plan.map((entry) => `| ${entry.lines} | ${cell(entry.says)} | ${cell(fateOf(entry))} |`);
  const beyond = coverage.beyond.map((one) => `- ${sayAt(one)}: ${one.why}`);
  return [
    `<!-- Written by \`npm run generate\` from examples/${example}/plan.yml: do not edit. -->\n`,
    coverage.text.trim(),
    `\n## The plan, line by line\n\n${sayCounts(coverage)}\n`,
    ['| lines | the plan | here |', '| --- | --- | --- |', ...rows].join('\n'),
    ...(beyond.length > 0 ? [`\n## Beyond the plan\n\n${beyond.join('\n')}`] : []),
    '',
  ].join('\n');
}

function sayCounts({ source, lines, plan }: PlanCoverage): string {
  const count = (fate: (typeof fates)[number]): number =>
    plan.filter((entry) => entry[fate] !== undefined).reduce((sum, entry) => sum + sizeOf(entry), 0);
  const said = fates.map((fate) => `${fate} ${count(fate)}`).join(', ');
  return `“${source}” has ${lines} lines: ${said}.`;
}

function sizeOf(entry: Entry): number {
  const [from, to] = rangeOf(entry);
  return to - from + 1;
}

function fateOf(entry: Entry): string {
  return entry.note === undefined ? sayFate(entry) : `${sayFate(entry)}. ${entry.note}`;
}

function sayFate({ automated, manual, set, refused }: Entry): string {
  if (automated) return `automated: ${automated.map(sayAt).join('; ')}`;
  if (manual) {
    const { who, command, step } = manual;
    return `manual, ${who}${command !== undefined && step !== undefined ? `: ${sayAt({ command, step })}` : ''}`;
  }
  if (set !== undefined) return `set: ${set}`;
  return refused === undefined ? 'context' : `refused: ${refused}`;
}

function sayAt({ command, step }: At): string {
  return `\`${command}\` ${[step].flat().join(', ')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
