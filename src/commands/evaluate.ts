import { Refusal } from '../domain/errors.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { summaryOf } from './cel/check-expression.ts';
import { expressionIn, leavesOf, mapLeaves } from './cel/expression.ts';
import { readingOf, runExpression } from './cel/run-expression.ts';

export interface Evaluated {
  /** Fields whose value is known now. */
  input: JsonObject;
  /** Fields that wait for outputs: field → the steps that will give them. */
  later: Record<string, string[]>;
}

/**
 * A step's inputs, with every expression evaluated whose outputs are known.
 * Throws `Refusal` naming the field when an expression cannot be evaluated.
 */
export function evaluateWith(
  withValues: JsonObject,
  scope: JsonObject,
  outputs: Record<string, JsonObject | undefined>,
): Evaluated {
  const input: [string, Json][] = [];
  const later: [string, string[]][] = [];
  for (const [field, value] of Object.entries(withValues)) {
    const awaited = refusing(field, () => stepsRead(value)).filter((step) => outputOf(outputs, step) === undefined);
    if (awaited.length > 0) later.push([field, awaited]);
    else input.push([field, evaluateField(field, value, scope, outputs)]);
  }
  return { input: Object.fromEntries(input), later: Object.fromEntries(later) };
}

/** Whether a `when` holds. Throws `Refusal` when it cannot be evaluated: an unknown condition is never taken as met. */
export function evaluateCondition(condition: string, scope: JsonObject): boolean {
  const result = evaluateText('when', conditionText(condition), scope, {});
  if (typeof result === 'boolean') return result;
  throw new Refusal(
    `The condition "${condition}" should give true or false: found ${JSON.stringify(result)}. Correct it in the command's file.`,
  );
}

/** A condition is CEL as it stands; the braces of an expression are forgiven. */
export function conditionText(condition: string): string {
  return expressionIn(condition) ?? condition.trim();
}

/** Ids of the steps whose outputs a value reads. */
export function stepsRead(value: Json): string[] {
  const texts = leavesOf(value).flatMap((leaf) => expressionIn(leaf.value) ?? []);
  return [...new Set(texts.flatMap((text) => [...readingOf(text).steps]))];
}

function evaluateField(
  field: string,
  value: Json,
  scope: JsonObject,
  outputs: Record<string, JsonObject | undefined>,
): Json {
  return mapLeaves(value, (leaf) => {
    const text = expressionIn(leaf);
    return text === undefined ? leaf : evaluateText(field, text, scope, outputs);
  });
}

function evaluateText(
  field: string,
  text: string,
  scope: JsonObject,
  outputs: Record<string, JsonObject | undefined>,
): Json {
  return refusing(`${field}: ${text}`, () => runExpression(text, scope, outputs));
}

function refusing<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const why = summaryOf(error).replace(/\.$/, '');
    throw new Refusal(`${what} cannot be evaluated: ${why}. Check it against muster.yml and the command's inputs.`);
  }
}

function outputOf(outputs: Record<string, JsonObject | undefined>, step: string): JsonObject | undefined {
  return Object.hasOwn(outputs, step) ? outputs[step] : undefined;
}
