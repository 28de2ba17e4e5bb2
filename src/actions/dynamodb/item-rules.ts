import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { Instant } from '../../domain/duration.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

const kinds: Readonly<Record<string, (value: AttributeValue) => boolean>> = {
  instant: ({ S }) => Instant.safeParse(S).success,
  epoch: (value) => dateOf(value) !== null && value.N !== undefined,
  number: ({ N }) => N !== undefined,
  text: ({ S }) => S !== undefined,
};

/** How a value is to look: a word, or a pattern that a text must match. */
export const Format = z.string().refine((format) => Object.hasOwn(kinds, format) || patternOf(format) !== undefined, {
  error: "expected instant, epoch, number, text or a pattern such as '/^[A-Z]{2}[0-9]+$/'",
});

function patternOf(format: string): RegExp | undefined {
  const [, source] = /^\/(.+)\/$/.exec(format) ?? [];
  try {
    return source === undefined ? undefined : new RegExp(source);
  } catch {
    return undefined;
  }
}

export interface Rules {
  required: readonly string[];
  formats: Readonly<Record<string, string>>;
}

/** What is wrong with an item, one phrase each. An attribute that holds nothing is missing. */
export function faultsOf(item: Item, { required, formats }: Rules): string[] {
  const missing = required.filter((name) => isEmpty(item[name])).map((name) => `${name} is missing`);
  const odd = Object.entries(formats).flatMap(([name, format]) => {
    const value = item[name];
    return value === undefined || isEmpty(value) || isFormed(value, format) ? [] : [`${name} is not as ${format}`];
  });
  return [...missing, ...odd];
}

function isEmpty(value: AttributeValue | undefined): boolean {
  return value === undefined || value.NULL === true || value.S === '';
}

function isFormed(value: AttributeValue, format: string): boolean {
  const kind = Object.hasOwn(kinds, format) ? kinds[format] : undefined;
  if (kind) return kind(value);
  return value.S !== undefined && patternOf(format)?.test(value.S) === true;
}

/** More than this many seconds since 1970 are milliseconds. */
const mostSeconds = 100_000_000_000;

/** The instant that a value names; null where it names none, as a time without an offset does not. */
export function dateOf(value: AttributeValue | undefined): Date | null {
  if (value?.S !== undefined) return Instant.safeParse(value.S).success ? new Date(value.S) : null;
  if (value?.N === undefined) return null;
  const number = Number(value.N);
  const date = new Date(number > mostSeconds ? number : number * 1_000);
  return Number.isNaN(date.getTime()) ? null : date;
}
