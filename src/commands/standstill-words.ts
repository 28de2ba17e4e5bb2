import type { Command } from '../domain/command.ts';
import type { Plan } from '../domain/plan.ts';
import type { StepState } from '../domain/run.ts';
import { sayStandstill, standstillOf } from '../domain/standstill.ts';
import { canBeUndone } from '../domain/undoable.ts';
import { wordsActingOn } from './acting-on.ts';

/** Who takes writes after a fence without a promotion, and which way leads out; null where that is not so. */
export function standstillWords(
  commands: readonly Command[],
  run: { plan: Plan; steps: readonly Pick<StepState, 'id' | 'status' | 'effectSent'>[]; ended: boolean },
): string | null {
  const { plan, steps, ended } = run;
  const still = standstillOf(plan, steps);
  if (still === null) return null;
  const undoable = canBeUndone(plan, steps);
  const bringBack = wordsActingOn(commands, plan.scope, still.fenced);
  return sayStandstill(still, { command: plan.command, ended, undoable, bringBack });
}
