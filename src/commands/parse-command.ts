import type { Catalogue } from '../domain/action.ts';
import { Command } from '../domain/command.ts';
import { type Fault, FaultyFiles } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { lintActions } from './lint/actions.ts';
import { lintChecklists } from './lint/checklists.ts';
import { lintConditions } from './lint/conditions.ts';
import type { Draft, Lint } from './lint/draft.ts';
import { lintInputs } from './lint/inputs.ts';
import { lintNames } from './lint/names.ts';
import { lintNeeds } from './lint/needs.ts';
import { lintOrder } from './lint/order.ts';
import { lintPurpose } from './lint/purpose.ts';
import { lintValues } from './lint/values.ts';
import { warningsOf } from './rules/rules.ts';
import { parseYaml } from './yaml/parse-yaml.ts';

const lints: readonly Lint[] = [
  lintNames,
  lintInputs,
  lintActions,
  lintValues,
  lintChecklists,
  lintConditions,
  lintOrder,
  lintPurpose,
];

interface Against extends Pick<Draft, 'isThere'> {
  home: Home;
  catalogue: Catalogue;
}

/**
 * A command from the text of `commands/NAME.yml`, checked against the home and the actions before anything runs.
 * Throws `FaultyFiles` with every fault, each with its line, its column and what to do.
 */
export function parseCommand(text: string, file: string, against: Against): Command {
  const draft = readDraft(text, file, against);
  const faults = faultsOf(draft);
  if (faults.length > 0) throw new FaultyFiles(faults.toSorted(byPlace));
  return draft.command;
}

/** What could be better in a command that may be run, and in one that may not as far as it can be read. */
export function findWarnings(text: string, file: string, against: Against): Fault[] {
  try {
    const draft = readDraft(text, file, against);
    return lintNeeds(draft).length > 0 ? [] : warningsOf(draft).toSorted(byPlace);
  } catch (error) {
    if (error instanceof FaultyFiles) return [];
    throw error;
  }
}

function readDraft(text: string, file: string, against: Against): Draft {
  const { value: command, ...places } = parseYaml(text, file, Command);
  return { command, places, ...against };
}

function faultsOf(draft: Draft): Fault[] {
  const broken = lintNeeds(draft);
  return broken.length > 0 ? broken : lints.flatMap((lint) => lint(draft));
}

function byPlace(a: Fault, b: Fault): number {
  return a.line - b.line || a.column - b.column;
}
