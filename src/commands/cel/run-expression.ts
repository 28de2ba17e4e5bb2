import type { Json, JsonObject } from '../../domain/json.ts';
import { maxCharacters, maxMacros, maxRounds, newEnvironment } from './environment.ts';
import { type Reading, readExpression } from './read-expression.ts';

const environment = newEnvironment({ unlistedVariablesAreDyn: true });

/** What an expression reads, without evaluating it. Throws a CEL error when it cannot be read. */
export function readingOf(text: string): Reading {
  return readExpression(environment.parse(text).ast);
}

/** Evaluates CEL over JSON. Throws a CEL error, or a TypeError when it would take too long or the result is no JSON. */
export function runExpression(text: string, scope: JsonObject, outputs: Record<string, JsonObject | undefined>): Json {
  if (text.length > maxCharacters) throw new TypeError(`it is longer than ${maxCharacters} characters`);
  refuseEndless(readingOf(text), [scope, outputs, text]);
  const steps = Object.entries(outputs).flatMap(([id, output]) => (output ? [[id, { output }]] : []));
  const variables = { ...(wholeNumbers(scope) as object), steps: Object.fromEntries(steps) };
  return toJson(environment.evaluate(text, variables));
}

/** How long a macro takes is decided by what it goes through, which only the values show. */
function refuseEndless({ macros, sums, faults: [fault] }: Reading, values: readonly unknown[]): void {
  if (fault !== undefined) throw new TypeError(fault.message);
  if (macros === 0) return;
  if (macros > maxMacros)
    throw new TypeError(`it has ${macros} macros such as map, more than the ${maxMacros} allowed`);
  refuseHuge(sums, macros, values);
  const longest = longestIn(values);
  if (longest ** macros <= maxRounds) return;
  const often = macros === 1 ? 'once' : `${macros} times within each other`;
  throw new TypeError(`it would go through ${longest} entries ${often}, which takes too long`);
}

/** What a macro names and adds to itself grows with each macro around it. */
function refuseHuge(sums: number, macros: number, values: readonly unknown[]): void {
  const longest = Math.max(
    1,
    longestIn(values, (text) => text.length),
  );
  if (sums > 0 && longest * (1 + sums) ** macros > maxRounds)
    throw new TypeError(`it adds ${sums} times within ${macros} macros such as bind, which may grow too long`);
}

/** Entries of the largest list or map in it; a text has as many as `ofText` says. */
function longestIn(value: unknown, ofText: (text: string) => number = () => 0): number {
  if (typeof value === 'string') return ofText(value);
  if (typeof value !== 'object' || value === null) return 0;
  const parts: unknown[] = Object.values(value);
  return parts.reduce<number>((most, part) => Math.max(most, longestIn(part, ofText)), parts.length);
}

/** CEL keeps whole numbers apart from fractions, JSON does not: what people wrote without a fraction is whole. */
function wholeNumbers(value: Json): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(wholeNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wholeNumbers(item)]));
}

function toJson(value: unknown): Json {
  if (typeof value === 'bigint') return safeNumber(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new TypeError('the result is not a finite number');
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), toJson(item)]));
  if (typeof value === 'object' && isPlain(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
  }
  const whole = typeof value === 'object' && value !== null && 'valueOf' in value ? value.valueOf() : undefined;
  if (typeof whole === 'bigint') return safeNumber(whole);
  throw new TypeError('the result is not text, a number, true or false, a list or a map');
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function safeNumber(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new TypeError('the result is too large a number');
}
