import type { ActionInfo } from '../../domain/action.ts';
import type { Step } from '../../domain/command.ts';
import type { Fault } from '../../domain/errors.ts';
import { suggestion } from '../../domain/nearest.ts';
import { type Checked, type Checker, newChecker } from '../cel/check-expression.ts';
import { expressionIn, isMixedText, leavesOf } from '../cel/expression.ts';
import { fixedScopes, shapesFor } from '../scope-shapes.ts';
import { formsAt, jsonSchemaOf } from '../yaml/known-words.ts';
import { type Draft, eachStep, type Lint } from './draft.ts';
import { kindFault } from './kinds.ts';
import { literalFaults, type Written } from './literals.ts';
import { readFaults } from './reads.ts';

/** Fields of `with` exist, literals fit, and expressions type-check against what they read and where they go. */
export const lintValues: Lint = (draft) => {
  const checker = newChecker(shapesFor(draft.command, draft.home, draft.catalogue));
  const scopes = fixedScopes(draft.command, draft.home);
  return eachStep(draft, (step, path) => {
    const action = draft.catalogue.get(step.uses);
    const written = leavesOf(step.with).filter((leaf) => leaf.path.length > 0).map((leaf) => readLeaf(leaf, checker));
    const faults = written.flatMap((leaf) => expressionFaults(draft, step, leaf, [...path, 'with', ...leaf.path]));
    if (!action) return faults;
    return [
      ...unknownFields(draft, step, action, path),
      ...faults,
      ...kindFaults(draft, action, written, path),
      ...literalFaults({ draft, step, action, path, written, scopes }),
    ];
  });
};

function readLeaf(leaf: { path: (string | number)[]; value: Written['value'] }, checker: Checker): Written {
  const text = expressionIn(leaf.value);
  return text === undefined ? leaf : { ...leaf, expression: { text, ...checker.check(text) } };
}

function expressionFaults(draft: Draft, step: Step, leaf: Written, path: (string | number)[]): Fault[] {
  if (isMixedText(leaf.value)) {
    const message = 'an expression is the whole value: write ${{ "text " + inputs.name }}, with nothing before or after the braces';
    return [draft.places.fault(path, message)];
  }
  const { expression } = leaf;
  if (!expression) return [];
  const place = (fault: Checked['faults'][number]) =>
    draft.places.fault(path, fault.message, { text: expression.text, offset: fault.offset });
  return [...expression.faults.map(place), ...readFaults(draft, step, expression, path)];
}

function unknownFields(draft: Draft, step: Step, action: ActionInfo, path: [string, number]): Fault[] {
  const known = Object.keys(action.input.shape);
  return Object.keys(step.with).flatMap((field) => {
    if (known.includes(field)) return [];
    const free = known.filter((name) => !Object.hasOwn(step.with, name));
    return [draft.places.fault([...path, 'with', field], `${action.name} has no field ${field}: ${suggestion(field, free)}`, 'key')];
  });
}

function kindFaults(draft: Draft, action: ActionInfo, written: readonly Written[], path: [string, number]): Fault[] {
  const schema = jsonSchemaOf(action.input);
  return written.flatMap(({ path: inside, expression }) => {
    if (!expression || expression.faults.length > 0) return [];
    const message = kindFault(expression.kind, formsAt(schema, inside));
    if (!message) return [];
    const where = { text: expression.text, offset: 0 };
    return [draft.places.fault([...path, 'with', ...inside], `${String(inside.at(-1))} ${message}`, where)];
  });
}
