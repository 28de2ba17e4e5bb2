import { evaluateWith } from '../../commands/evaluate.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { StepState } from '../../domain/run.ts';

/** What a step that people do asks of them, once the steps before it have given what its plan could not know. */
export function askNow(
  { scope }: Pick<Plan, 'scope'>,
  planned: Pick<PlannedStep, 'with' | 'input'>,
  steps: readonly Pick<StepState, 'id' | 'output'>[],
): JsonObject {
  const outputs = Object.fromEntries(steps.map(({ id, output }) => [id, output ?? undefined]));
  try {
    const { input, later } = evaluateWith(planned.with, scope, outputs);
    const missing = Object.entries(later).map(([field, from]) => `its ${field} (${from.join(', ')} gave nothing)`);
    return missing.length === 0 ? input : told({ ...planned.input, ...input }, `It lacks ${missing.join(', ')}.`);
  } catch (error) {
    return told(planned.input, error instanceof Error ? error.message : String(error));
  }
}

/** People are asked all the same, and told what could not be said to them: a run does not stop for want of words. */
function told(input: JsonObject, why: string): JsonObject {
  const words = typeof input.instructions === 'string' ? [input.instructions] : [];
  return { ...input, instructions: [...words, `Not all that is asked here can be said. ${why}`].join('\n') };
}
