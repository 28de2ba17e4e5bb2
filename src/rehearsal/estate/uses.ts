import { objectiveOf } from '../../commands/defaults.ts';
import { selectSteps } from '../../commands/effective-needs.ts';
import { evaluateWith } from '../../commands/evaluate.ts';
import type { RegionRoles } from '../../domain/action.ts';
import type { Command, Mode } from '../../domain/command.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Home } from '../../domain/home.ts';
import type { Incident } from '../../domain/incident.ts';
import type { JsonObject } from '../../domain/json.ts';
import { scopeOf } from '../../recovery/plan/scope.ts';

/** What is rehearsed. */
export interface Rehearsed {
  home: Home;
  command: Command;
  inputs: JsonObject;
  mode: Mode;
}

/** A step with what it names. */
export interface Use {
  step: string;
  uses: string;
  input: JsonObject;
  /** Inputs that only a run gives. */
  later: string[];
}

/**
 * What the command's steps name: `there` as it is rehearsed, `back` as it would lead the other way, which tells what
 * stands on the side that is left.
 */
export interface Ways {
  there: Use[];
  back: Use[];
  regions: RegionRoles;
}

/** Throws `Refusal` when a step's inputs cannot be evaluated. */
export function waysOf(of: Rehearsed): Ways {
  const { primary, recovery } = of.home.system.regions;
  const regions: RegionRoles = { active: primary, standby: recovery, primary, recovery };
  return { there: usesOf(of, regions), back: usesBack(of, regions), regions };
}

/** The use of the same step on the way back. */
export function mirrorOf({ back }: Ways, { step }: Use): Use | undefined {
  return back.find((use) => use.step === step);
}

/** A text among a step's inputs; null where it is none, or is known only in a run. */
export function textIn({ input }: Use, field: string): string | null {
  const value = input[field];
  return typeof value === 'string' ? value : null;
}

export function usesOfActions(uses: readonly Use[], ...actions: readonly string[]): Use[] {
  return uses.filter((use) => actions.includes(use.uses));
}

function usesOf({ home, command, inputs, mode }: Rehearsed, regions: RegionRoles): Use[] {
  const objectives = objectiveOf(command, home, Object.keys(home.system.services));
  const scope = scopeOf({ home, command, incident: someIncident(home), regions, mode, inputs, objectives });
  return selectSteps(command, mode, scope).map((step) => {
    const { input, later } = evaluateWith(step.with, scope, {});
    return { step: step.id, uses: step.uses, input, later: Object.keys(later) };
  });
}

/** A command that leads one way only tells nothing of the other side. */
function usesBack(of: Rehearsed, { active, standby, ...designed }: RegionRoles): Use[] {
  try {
    return usesOf(of, { active: standby, standby: active, ...designed });
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** Expressions may read of an incident what no resource goes by. */
function someIncident(home: Home): Incident {
  const [severity = ''] = Object.keys(home.severities);
  const at = new Date(0);
  return {
    ...{
      id: 1,
      kind: 'incident',
      title: 'Rehearsal',
      severity,
      phase: 'investigating',
      services: Object.keys(home.system.services),
    },
    ...{ scenario: null, commander: '', declaredBy: '', impactBeganAt: at, declaredAt: at, resolvedAt: null },
    ...{ closedAt: null, channel: null, channelName: '' },
  };
}
