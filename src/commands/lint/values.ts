import type { ActionInfo } from '../../domain/action.ts';
import type { Step } from '../../domain/command.ts';
import type { Fault } from '../../domain/errors.ts';
import { suggestion } from '../../domain/nearest.ts';
import { type Checked, type Checker, newChecker } from '../cel/check-expression.ts';
import { expressionIn, isMixedText, type Leaf, leavesOf } from '../cel/expression.ts';
import { fixedScopes, shapesFor } from '../scope-shapes.ts';
import { formsAt, type JsonSchema, jsonSchemaOf } from '../yaml/known-words.ts';
import { type Draft, eachStep, type Lint, named } from './draft.ts';
import { kindFault } from './kinds.ts';
import { literalFaults, type Written } from './literals.ts';
import { readFaults } from './reads.ts';

/** Fields of `with` exist, literals fit, and expressions type-check against what they read and where they go. */
export const lintValues: Lint = (draft) => {
  const checker = newChecker(shapesFor(draft.command, draft.home, draft.catalogue));
  const scopes = fixedScopes(draft.command, draft.home);
  return eachStep(draft, (step, path) => {
    const action = draft.catalogue.get(step.uses);
    const schema = action && jsonSchemaOf(action.input);
    const leaves = leavesOf(step.with).filter((leaf) => leaf.path.length > 0);
    const written = leaves.map((leaf) => readLeaf(leaf, checker, schema ? formsAt(schema, leaf.path) : []));
    const faults = written.flatMap((leaf) => expressionFaults(draft, step, leaf, [...path, 'with', ...leaf.path]));
    if (!action) return faults;
    const unknown = named('unknown-name', unknownFields(draft, step, action, path));
    return [...unknown, ...faults, ...literalFaults({ draft, step, action, path, written, scopes })];
  });
};

function readLeaf({ path, value }: Leaf, checker: Checker, forms: readonly JsonSchema[]): Written {
  const text = expressionIn(value);
  if (text === undefined) return { path, value };
  const checked = checker.check(text);
  const misfit = checked.faults.length === 0 ? kindFault(checked.kind, forms) : undefined;
  const faults = misfit ? [{ message: `${String(path.at(-1))} ${misfit}`, offset: 0 }] : checked.faults;
  return { path, value, expression: { ...checked, text, faults } };
}

function expressionFaults(draft: Draft, step: Step, leaf: Written, path: (string | number)[]): Fault[] {
  if (isMixedText(leaf.value)) {
    const message =
      'an expression is the whole value: write ${{ "text " + inputs.name }}, with nothing before or after the braces';
    return named('expression', [draft.places.fault(path, message)]);
  }
  const { expression } = leaf;
  if (!expression) return [];
  const place = (fault: Checked['faults'][number]) =>
    draft.places.fault(path, fault.message, { text: expression.text, offset: fault.offset });
  return [...named('expression', expression.faults.map(place)), ...readFaults(draft, step, expression, path)];
}

function unknownFields(draft: Draft, step: Step, action: ActionInfo, path: [string, number]): Fault[] {
  const known = Object.keys(action.input.shape);
  return Object.keys(step.with).flatMap((field) => {
    if (known.includes(field)) return [];
    const free = known.filter((name) => !Object.hasOwn(step.with, name));
    return [
      draft.places.fault(
        [...path, 'with', field],
        `${action.name} has no field ${field}: ${suggestion(field, free)}`,
        'key',
      ),
    ];
  });
}
