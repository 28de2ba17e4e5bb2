import type { Command, Mode, Step } from '../domain/command.ts';
import type { JsonObject } from '../domain/json.ts';
import { evaluateCondition } from './evaluate.ts';
import { needsOf } from './graph.ts';

/** A step that takes part, with what it waits for spelt out. */
export type SelectedStep = Step & { needs: string[] };

/**
 * The steps that the mode and `when` leave, in order; what needed a step left out inherits that step's needs.
 * Steps that always run come last and wait for none by name. Throws `Refusal` when a `when` cannot be evaluated.
 */
export function selectSteps(command: Command, mode: Mode, scope: JsonObject): SelectedStep[] {
  return keepSteps(
    command.steps,
    (step) => inMode(step, mode) && (step.when === undefined || evaluateCondition(step.when, scope)),
  );
}

/** As `selectSteps`, by any rule of what stays. */
export function keepSteps(steps: readonly Step[], stays: (step: Step) => boolean): SelectedStep[] {
  const needs = needsOf(steps);
  const kept = steps.filter(stays);
  const ids = new Set(kept.map((step) => step.id));
  const selected = kept.map((step) => ({ ...step, needs: inherit(needs.get(step.id) ?? [], ids, needs) }));
  return [...selected.filter((step) => !step.always), ...selected.filter((step) => step.always)];
}

export function inMode(step: Step, mode: Mode): boolean {
  return step.modes === undefined || step.modes.includes(mode);
}

function inherit(wanted: readonly string[], kept: ReadonlySet<string>, needs: ReadonlyMap<string, string[]>): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const take = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    if (kept.has(id)) found.add(id);
    else for (const need of needs.get(id) ?? []) take(need);
  };
  for (const id of wanted) take(id);
  return [...found];
}
