import { evaluateWith } from '../../commands/evaluate.ts';
import { ancestorsOf } from '../../domain/graph.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import type { EvaluatedStep } from './plan-step.ts';

/**
 * Plans steps at once, each with what the steps that it reads foresee. Only a reading that no effect of the same plan
 * comes before is believed: what an effect changes first, it would find otherwise.
 */
export function planForeseeing(
  steps: readonly EvaluatedStep[],
  scope: JsonObject,
  plan: (step: EvaluatedStep) => Promise<PlannedStep>,
): Promise<PlannedStep[]> {
  const known = new Map(steps.map((one) => [one.step.id, one]));
  const needs = new Map(steps.map(({ step }) => [step.id, step.needs]));
  const planning = new Map<string, Promise<PlannedStep>>();

  const isUndisturbed = (id: string): boolean =>
    [...ancestorsOf(id, needs)].every((before) => known.get(before)?.action.risk === 'read');

  const foreseenBy = async (id: string): Promise<[string, JsonObject | undefined]> => {
    const one = known.get(id);
    return [id, one && isUndisturbed(id) ? (await planOne(one)).foreseen : undefined];
  };

  const planWith = async (one: EvaluatedStep): Promise<PlannedStep> => {
    const awaited = [...new Set(Object.values(one.later).flat())];
    if (awaited.length === 0) return plan(one);
    const outputs = Object.fromEntries(await Promise.all(awaited.map(foreseenBy)));
    return plan({ ...one, ...evaluateWith(one.step.with, scope, outputs) });
  };

  const planOne = (one: EvaluatedStep): Promise<PlannedStep> => {
    const begun = planning.get(one.step.id) ?? planWith(one);
    planning.set(one.step.id, begun);
    return begun;
  };

  return Promise.all(steps.map(planOne));
}
