import { types } from 'node:util';
import type { AwsPlugin } from './aws.ts';
import { UnreadableAnswer } from './fault.ts';

/**
 * Holds every answer against the SDK's own model of its operation: the SDK itself lets another type pass. What is absent
 * is left to whoever needs it.
 */
export const shapePlugin: AwsPlugin = {
  applyToStack: (stack) =>
    stack.add(
      (next, context) => async (args) => {
        const answer = await next(args);
        const amiss = findMisfit(outputOf(context.__smithy_context), answer.output, '');
        if (amiss !== null) throw new UnreadableAnswer(amiss);
        return answer;
      },
      { step: 'initialize', name: 'musterShape' },
    ),
};

/** An operation is `[9, namespace, name, traits, input, output]`. */
function outputOf(context: unknown): unknown {
  const operation = (context as { operationSchema?: unknown } | undefined)?.operationSchema;
  return Array.isArray(operation) ? operation[5] : undefined;
}

/** `DBInstances[0].Port is no number`, of the first part that is not as modelled; null when all is. */
function findMisfit(ref: unknown, value: unknown, at: string): string | null {
  const schema = resolve(ref);
  if (typeof schema === 'number') return findSimpleMisfit(schema, value, at);
  if (!Array.isArray(schema)) return null;
  switch (schema[0]) {
    case kinds.list:
      return findListMisfit(schema[4], value, at);
    case kinds.map:
      return findMapMisfit(schema[5], value, at);
    case kinds.structure:
    case kinds.union:
      return findFieldMisfit(schema, value, at);
    default:
      return null;
  }
}

/** As @smithy/types numbers what a schema is. */
const kinds = { simple: 0, list: 1, map: 2, structure: 3, union: 4 } as const;

/** A schema may be given by a function, with traits beside it, or under another name. */
function resolve(ref: unknown): unknown {
  if (typeof ref === 'function') return resolve(ref());
  if (!Array.isArray(ref)) return ref;
  if (ref.length === 2) return resolve(ref[0]);
  return ref[0] === kinds.simple ? resolve(ref[4]) : ref;
}

function findListMisfit(each: unknown, value: unknown, at: string): string | null {
  if (!Array.isArray(value)) return `${at} is no list`;
  return firstOf(value, (item, index) => findMisfit(each, item, `${at}[${index}]`));
}

/** Keys are people's own words, so they are not told. */
function findMapMisfit(each: unknown, value: unknown, at: string): string | null {
  if (!isRecord(value)) return `${at} is no map`;
  return firstOf(Object.values(value), (item) => findMisfit(each, item, `${at}[…]`));
}

function findFieldMisfit([, , , , names, schemas]: unknown[], value: unknown, at: string): string | null {
  if (!isRecord(value)) return `${at || 'it'} is no object`;
  if (!Array.isArray(names) || !Array.isArray(schemas)) return null;
  return firstOf(names, (name: string, index) =>
    value[name] === undefined ? null : findMisfit(schemas[index], value[name], at === '' ? name : `${at}.${name}`),
  );
}

/** Bits 64 and 128 make a list or a map of what the lower ones say. */
function findSimpleMisfit(schema: number, value: unknown, at: string): string | null {
  if (schema >= 128) return findMapMisfit(schema - 128, value, at);
  if (schema >= 64) return findListMisfit(schema - 64, value, at);
  const expected = simple[schema];
  return expected === undefined || expected.fits(value) ? null : `${at} is no ${expected.name}`;
}

const date = { name: 'date', fits: (value: unknown) => types.isDate(value) && !Number.isNaN(value.getTime()) };
const simple: Record<number, { name: string; fits: (value: unknown) => boolean }> = {
  0: { name: 'text', fits: (value) => typeof value === 'string' },
  1: { name: 'number', fits: (value) => Number.isFinite(value) },
  2: { name: 'yes or no', fits: (value) => typeof value === 'boolean' },
  4: date,
  5: date,
  6: date,
  7: date,
  21: { name: 'bytes', fits: (value) => types.isUint8Array(value) },
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !types.isDate(value);
}

function firstOf<T>(items: readonly T[], find: (item: T, index: number) => string | null): string | null {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== null) return found;
  }
  return null;
}
