import type { Mode, Step } from '../../domain/command.ts';
import type { Fault } from '../../domain/errors.ts';
import { ancestorsOf } from '../../domain/graph.ts';
import { inMode, keepSteps, type SelectedStep } from '../effective-needs.ts';
import type { Refusing } from '../rules/refusing.ts';
import { type Draft, eachStep, type Lint, movesTraffic, named } from './draft.ts';

const promotions: readonly string[] = ['rds.promote-read-replica'];
/** Reads that see that people would be answered. */
export const sightings: readonly string[] = ['elb.check-targets', 'http.check'];

/** The order that keeps data and people safe: fence before promotion, healthy targets before traffic, in every mode. */
export const lintOrder: Lint = (draft) => {
  const graphs = draft.command.modes.map((mode) => ({
    mode,
    steps: keepSteps(draft.command.steps, (step) => inMode(step, mode)),
  }));
  return eachStep(draft, (step, path) => {
    const rule = ruleFor(step, draft);
    const unmet = rule && graphs.find(({ steps }) => !isMet(step, steps, rule.asks));
    return unmet ? named(rule.name, [faultOf(draft, rule.message, unmet.mode, path)]) : [];
  });
};

interface Rule {
  name: Refusing;
  asks: (step: Step) => boolean;
  message: string;
}

function ruleFor(step: Step, draft: Draft): Rule | undefined {
  if (promotions.includes(step.uses)) {
    return {
      name: 'promotion-without-fence',
      asks: (other) => other.fence,
      message: `${step.id} promotes a database while the old one may still take writes: let it need a step with fence: true`,
    };
  }
  if (!movesTraffic(draft, step.uses)) return undefined;
  return {
    name: 'traffic-before-verified',
    asks: (other) => sightings.includes(other.uses),
    message: `${step.id} moves traffic to where nothing was seen to work: let it need a step that uses ${sightings.join(' or ')}`,
  };
}

/** A step left out by its own condition does not count, unless both have the same. */
function isMet(step: Step, steps: SelectedStep[], asks: (step: Step) => boolean): boolean {
  if (!steps.some((other) => other.id === step.id)) return true;
  const ancestors = ancestorsOf(step.id, new Map(steps.map((other) => [other.id, other.needs])));
  return steps.some(
    (other) => ancestors.has(other.id) && asks(other) && (other.when === undefined || other.when === step.when),
  );
}

function faultOf(draft: Draft, message: string, mode: Mode, path: [string, number]): Fault {
  const inWhich = draft.command.modes.length > 1 ? ` (in ${mode} mode)` : '';
  return draft.places.fault([...path, 'id'], `${message}${inWhich}`);
}
