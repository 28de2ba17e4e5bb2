import type { Stack } from '@aws-sdk/client-cloudformation';
import { suggestion } from '../../domain/nearest.ts';
import { parametersOf, type Summary } from './stack.ts';

const kept = '(secret, kept)';

export interface Parameters {
  /** As they are to be, secrets not shown. */
  after: Record<string, string>;
  /** As a change set is given them: null keeps the previous value. */
  given: Record<string, string | null>;
  /** Sentences about those that cannot be so. */
  faults: string[];
}

/** What each parameter of a template is to be: what is given, what it was, or its default. */
export function mergeParameters(
  given: Readonly<Record<string, string>>,
  { parameters }: Summary,
  stack: Stack | undefined,
): Parameters {
  const before = stack ? parametersOf(stack) : {};
  const known = parameters.map(({ name }) => name);
  const merged: Parameters = { after: {}, given: {}, faults: [] };
  for (const name of Object.keys(given).filter((one) => !known.includes(one)))
    merged.faults.push(`the template has no parameter ${name}: ${suggestion(name, known)}`);
  for (const { name, fallback, secret } of parameters) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const previous = Object.hasOwn(before, name) ? before[name] : undefined;
    if (secret && value !== undefined)
      merged.faults.push(`${name} is secret (NoEcho): it keeps its value, and none is written into a command`);
    if (value === undefined && previous === undefined && fallback === undefined)
      merged.faults.push(`the template asks for ${name}: give it a value`);
    if (value !== undefined) merged.given[name] = value;
    else if (previous !== undefined) merged.given[name] = null;
    merged.after[name] = secret ? kept : (value ?? previous ?? fallback ?? '');
  }
  return merged;
}

/** What the stack has now, as it may be shown. */
export function shownParameters(stack: Stack, { parameters }: Summary): Record<string, string> {
  const secrets = new Set(parameters.flatMap(({ name, secret }) => (secret ? [name] : [])));
  const entries = Object.entries(parametersOf(stack));
  return Object.fromEntries(entries.map(([name, value]) => [name, secrets.has(name) ? kept : value]));
}

/** What can be given again: secrets cannot, and keep their value. */
export function openParameters(stack: Stack, summary: Summary): Record<string, string> {
  const shown = Object.entries(shownParameters(stack, summary));
  return Object.fromEntries(shown.filter(([, value]) => value !== kept));
}

export function isSame(one: Record<string, string>, other: Record<string, string>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}
