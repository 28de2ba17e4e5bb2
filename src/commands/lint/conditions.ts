import { newChecker } from '../cel/check-expression.ts';
import { conditionText } from '../evaluate.ts';
import { shapesFor } from '../scope-shapes.ts';
import { eachStep, type Lint, named } from './draft.ts';

/** A `when` gives true or false, from what is known when the plan is made. */
export const lintConditions: Lint = (draft) => {
  const checker = newChecker(shapesFor(draft.command, draft.home, draft.catalogue));
  const faults = eachStep(draft, (step, path) => {
    if (step.when === undefined) return [];
    const text = conditionText(step.when);
    const { faults, kind, reading } = checker.check(text);
    const at = (message: string, offset = 0) => draft.places.fault([...path, 'when'], message, { text, offset });
    if (faults.length > 0) return faults.map((fault) => at(fault.message, fault.offset));
    if (reading.roots.has('steps')) {
      return [
        at('when is decided as the plan is made, before any step has run: it cannot read steps', text.indexOf('steps')),
      ];
    }
    return kind === 'bool' ? [] : [at('when wants true or false: compare the value, as in inputs.tasks > 4')];
  });
  return named('condition', faults);
};
