import type { Environment, ParseResult } from '@marcbachmann/cel-js';
import { suggestion } from '../../domain/nearest.ts';
import { maxCharacters, maxMacros, newEnvironment } from './environment.ts';
import { type Reading, readExpression } from './read-expression.ts';
import { declareShapes, type Shape } from './shape.ts';

/** Kinds of value that an expression may give; `dyn` is known only when it is evaluated. */
export type Kind = 'string' | 'int' | 'double' | 'bool' | 'null' | 'list' | 'map' | 'dyn';

export interface Checked {
  kind: Kind;
  reading: Reading;
  faults: { message: string; offset: number }[];
}

export interface Checker {
  check(text: string): Checked;
}

/** Type-checks expressions over variables of these shapes; nothing is evaluated. */
export function newChecker(shapes: Record<string, Shape>): Checker {
  const environment = newEnvironment({ unlistedVariablesAreDyn: false });
  declareShapes(environment, shapes);
  return { check: (text) => checkExpression(text, environment, shapes) };
}

function checkExpression(text: string, environment: Environment, shapes: Record<string, Shape>): Checked {
  const nothing: Reading = { roots: new Set(), steps: new Set(), macros: 0, sums: 0, faults: [] };
  const faulty = (message: string, offset = 0): Checked => ({
    kind: 'dyn',
    reading: nothing,
    faults: [{ message, offset }],
  });
  if (text === '') return faulty('the expression is empty');
  if (text.length > maxCharacters) return faulty(`the expression is longer than ${maxCharacters} characters`);
  let parsed: ParseResult;
  try {
    parsed = environment.parse(text);
  } catch (error) {
    return faulty(`the expression cannot be read: ${summaryOf(error)}`, offsetOf(error));
  }
  const reading = readExpression(parsed.ast, shapes);
  if (reading.macros > maxMacros) {
    return {
      kind: 'dyn',
      reading,
      faults: [{ message: `the expression has more than ${maxMacros} list operations`, offset: 0 }],
    };
  }
  if (reading.faults.length > 0) return { kind: 'dyn', reading, faults: reading.faults };
  const result = parsed.check();
  if (!result.valid) {
    const message = typeSentence(result.error, Object.keys(shapes));
    return { kind: 'dyn', reading, faults: [{ message, offset: offsetOf(result.error) }] };
  }
  const kind = kindOf(result.type ?? 'dyn');
  if (kind) return { kind, reading, faults: [] };
  return {
    kind: 'dyn',
    reading,
    faults: [
      {
        message: `the expression gives a ${shortType(result.type)}: give text, a number, true or false, a list or a map`,
        offset: 0,
      },
    ],
  };
}

function kindOf(type: string): Kind | undefined {
  if (type === 'uint') return 'int';
  if (type === 'string' || type === 'int' || type === 'double' || type === 'bool' || type === 'null') return type;
  if (type.startsWith('dyn')) return 'dyn';
  if (type.startsWith('list')) return 'list';
  return type.startsWith('map') || /^Map\d+$/.test(type) ? 'map' : undefined;
}

function shortType(type: string | undefined): string {
  return (type ?? '').split('.').at(-1)?.toLowerCase() ?? '';
}

function typeSentence(error: unknown, known: string[]): string {
  const summary = summaryOf(error)
    .replace(/\bMap\d+\b/g, 'map')
    .replace('no such overload:', 'there is no');
  const unknown = /^Unknown variable: (.+)$/.exec(summary)?.[1];
  return unknown
    ? `${unknown} is not known here: ${suggestion(unknown, known)}`
    : `the expression does not type-check: ${summary}`;
}

export function summaryOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'summary' in error) return String(error.summary);
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}

function offsetOf(error: unknown): number {
  const range = typeof error === 'object' && error !== null && 'range' in error ? error.range : undefined;
  const start = typeof range === 'object' && range !== null && 'start' in range ? range.start : 0;
  return typeof start === 'number' ? start : 0;
}
