import type { ActionInfo, Catalogue } from '../domain/action.ts';
import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import { type Objective, objectiveFor } from '../domain/objectives.ts';

/** Whether people must consent to this action by phrase and by a second person. */
export function isWeighty(action: ActionInfo): boolean {
  return action.risk === 'irreversible' || action.traffic !== 'none';
}

/** People besides the requester who must approve; one where a step is irreversible or moves traffic, unless stated. */
export function approvalsOf(command: Command, catalogue: Catalogue): number {
  return command.approvals ?? (usesWeighty(command, catalogue) ? 1 : 0);
}

/** What the requester types, or null when a plain confirmation is enough. */
export function phraseOf(command: Command, catalogue: Catalogue): string | null {
  return command.confirm ?? (usesWeighty(command, catalogue) ? command.name.toUpperCase() : null);
}

/** The nearest objective: the command's, else the strictest of these services' or of their tiers', else the system's. */
export function objectiveOf(command: Command, home: Home, services: readonly string[]): Objective {
  return objectiveFor(home, services, command.objectives);
}

function usesWeighty(command: Command, catalogue: Catalogue): boolean {
  return command.steps.some((step) => {
    const action = catalogue.get(step.uses);
    return action !== undefined && isWeighty(action);
  });
}
