import type { Step } from '../../domain/command.ts';
import { objectiveOf } from '../defaults.ts';
import type { Draft } from '../lint/draft.ts';

/** The objective that holds for a step, or for the whole command: of its services, where its steps name any. */
export function nearestObjective({ command, home }: Draft, name: 'rto' | 'rpo', step?: Step): string | null {
  const named = (step ? [step] : command.steps).flatMap(({ service }) => service ?? []);
  return objectiveOf(command, home, named)[name];
}
