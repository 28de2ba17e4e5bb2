import type { Step } from '../../domain/command.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { expressionIn, isMixedText, leavesOf } from '../cel/expression.ts';
import { readingOf, runExpression } from '../cel/run-expression.ts';
import type { Draft } from '../lint/draft.ts';
import { fixedScopes } from '../scope-shapes.ts';
import type { YamlPath } from '../yaml/parse-yaml.ts';

/** A value in a step's `with`, as far as it is known before anything runs. */
export interface KnownValue {
  /** Inside `with`. */
  path: YamlPath;
  value: Json;
}

/** Which Region is the standby one: the recovery Region, as designed, or the primary one, on the way back. */
export type Direction = 'there' | 'back';

/** Literals, and expressions that muster.yml alone decides; what inputs and outputs decide is not known. */
export function knownValues(draft: Draft, step: Step, direction: Direction = 'there'): KnownValue[] {
  const [there, back] = fixedScopes(draft.command, draft.home);
  const scope = (direction === 'there' ? there : back)?.scope ?? {};
  return leavesOf(step.with).flatMap(({ path, value }) => {
    const known = evaluated(value, scope);
    return known === undefined ? [] : leavesOf(known, path);
  });
}

/** The value of one field at the top of `with`; undefined where it is absent or not known. */
export function knownField(draft: Draft, step: Step, field: string): Json | undefined {
  return knownValues(draft, step).find(({ path }) => path.length === 1 && path[0] === field)?.value;
}

function evaluated(value: Json, scope: JsonObject): Json | undefined {
  const text = expressionIn(value);
  if (text === undefined) return isMixedText(value) ? undefined : value;
  try {
    const { roots } = readingOf(text);
    return [...roots].every((root) => Object.hasOwn(scope, root)) ? runExpression(text, scope, {}) : undefined;
  } catch {
    return undefined;
  }
}
