import { ChecklistOutput } from './checklist.ts';
import type { StepState } from './run.ts';

/** Who has said that something was done which nobody observed; each once. */
export function attestedBy(steps: readonly Pick<StepState, 'status' | 'output'>[]): string[] {
  const people = steps.flatMap(({ status, output }) => {
    if (status !== 'done' || output === null) return [];
    if (typeof output.answered_by === 'string') return [output.answered_by];
    return ChecklistOutput.safeParse(output).data?.done.map(({ by }) => by) ?? [];
  });
  return [...new Set(people)];
}
