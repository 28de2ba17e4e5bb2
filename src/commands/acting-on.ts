import type { Command } from '../domain/command.ts';
import { Refusal } from '../domain/errors.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { PlannedStep } from '../domain/plan.ts';
import { selectSteps } from './effective-needs.ts';
import { evaluateWith } from './evaluate.ts';
import { readInputs } from './inputs.ts';

type Acted = Pick<PlannedStep, 'uses' | 'input'>;

/**
 * The words with which a command without a fence does something else to what each of these steps acts on, such as
 * `/dr restart-service region=primary`; steps for which there is none are left out.
 */
export function wordsActingOn(commands: readonly Command[], scope: JsonObject, steps: readonly Acted[]): string[] {
  const harmless = commands.filter((command) => !command.steps.some((step) => step.fence));
  const words = steps.flatMap((step) => harmless.flatMap((command) => wordActingOn(command, scope, step)).slice(0, 1));
  return [...new Set(words)];
}

function wordActingOn(command: Command, scope: JsonObject, step: Acted): string[] {
  const found = choicesOf(command).find((choice) => acts(command, choice, scope, step));
  return found
    ? [[`/dr ${command.name}`, ...Object.entries(found).map(([name, value]) => `${name}=${value}`)].join(' ')]
    : [];
}

/** One input said, of those that have a few words to choose from; else none. */
function choicesOf(command: Command): Record<string, string>[] {
  const said = Object.entries(command.inputs).flatMap(([name, spec]) =>
    spec.type === 'string' ? (spec.options ?? []).map((option) => ({ [name]: option })) : [],
  );
  return [...said, {}];
}

function acts(command: Command, choice: Record<string, string>, scope: JsonObject, step: Acted): boolean {
  try {
    const own = { ...scope, inputs: readInputs(command, choice) };
    return selectSteps(command, command.modes[0] ?? 'graceful', own)
      .filter(({ uses }) => uses === step.uses)
      .some((one) => isSameThing(evaluateWith(one.with, own, {}).input, step.input));
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** Every text of an input says what it acts on; its numbers say what is done to it. */
function isSameThing(input: JsonObject, other: JsonObject): boolean {
  const texts = Object.entries(other).filter(([, value]) => typeof value === 'string');
  const same = texts.length > 0 && texts.every(([name, value]) => input[name] === value);
  return same && !hasSameNumbers(input, other);
}

/** A number that only one of them says is not known to differ. */
function hasSameNumbers(input: JsonObject, other: JsonObject): boolean {
  const differs = (value: Json, said: Json | undefined): boolean =>
    typeof value === 'number' && typeof said === 'number' && value !== said;
  return !Object.entries(other).some(([name, value]) => differs(value, input[name]));
}
