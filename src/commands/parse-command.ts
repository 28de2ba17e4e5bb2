import type { Catalogue } from '../domain/action.ts';
import { Command } from '../domain/command.ts';
import { type Fault, FaultyFiles } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { lintActions } from './lint/actions.ts';
import { lintConditions } from './lint/conditions.ts';
import type { Draft, Lint } from './lint/draft.ts';
import { lintInputs } from './lint/inputs.ts';
import { lintNames } from './lint/names.ts';
import { lintNeeds } from './lint/needs.ts';
import { lintOrder } from './lint/order.ts';
import { lintValues } from './lint/values.ts';
import { parseYaml } from './yaml/parse-yaml.ts';

const lints: readonly Lint[] = [lintNames, lintInputs, lintActions, lintValues, lintConditions, lintOrder];

/**
 * A command from the text of `commands/NAME.yml`, checked against the home and the actions before anything runs.
 * Throws `FaultyFiles` with every fault, each with its line, its column and what to do.
 */
export function parseCommand(text: string, file: string, against: { home: Home; catalogue: Catalogue }): Command {
  const { value: command, ...places } = parseYaml(text, file, Command);
  const draft: Draft = { command, places, ...against };
  const broken = lintNeeds(draft);
  const faults = broken.length > 0 ? broken : lints.flatMap((lint) => lint(draft));
  if (faults.length > 0) throw new FaultyFiles(faults.toSorted(byPlace));
  return command;
}

function byPlace(a: Fault, b: Fault): number {
  return a.line - b.line || a.column - b.column;
}
