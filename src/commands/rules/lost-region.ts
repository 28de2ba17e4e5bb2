import type { Step } from '../../domain/command.ts';
import type { Draft } from '../lint/draft.ts';

/** The Region that a command is for the loss of, as the system is designed; undefined where it is for something else. */
export function lostRegion({ command, home }: Draft): string | undefined {
  return /region/i.test(command.scenario ?? '') ? home.system.regions.primary : undefined;
}

/** Steps that may do without the lost Region: a fence is deferred, and a graceful run is for a Region that answers. */
export function mayMissRegion(step: Step): boolean {
  const isGracefulOnly = step.modes?.every((mode) => mode === 'graceful') === true;
  return step.fence || step.always || isGracefulOnly;
}
