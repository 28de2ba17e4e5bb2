import { refuse } from '../refuse.ts';
import { type SqlScene, sqlFunctions } from './functions.ts';
import type { Token } from './tokens.ts';
import { addValues, castValue, compareValues, intervalMs, type SqlValue, toNumber, wide } from './values.ts';

const end: Token = { kind: 'end', value: '' };
const aggregates = new Set(['count', 'max']);
const comparisons = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);

/** Reads tokens from left to right; `named` is the column name that the last expression would get. */
export interface Reader {
  peek(): Token;
  take(): Token;
  takeIf(value: string): boolean;
  need(value: string): void;
  named: string;
}

export function createReader(tokens: readonly Token[]): Reader {
  let at = 0;
  const peek = (): Token => tokens[at] ?? end;
  const takeIf = (value: string): boolean => {
    const hit = peek().value === value && (peek().kind === 'word' || peek().kind === 'mark');
    if (hit) at += 1;
    return hit;
  };
  return {
    peek,
    takeIf,
    take: () => tokens[at++] ?? end,
    need: (value) => {
      if (!takeIf(value)) refuse('PostgresError', `syntax error at or near "${peek().value}": expected ${value}`);
    },
    named: '?column?',
  };
}

export function evaluate(reader: Reader, scene: SqlScene): SqlValue {
  let left = conjunction(reader, scene);
  while (reader.takeIf('or')) {
    const right = conjunction(reader, scene);
    left = left === true || right === true;
    reader.named = '?column?';
  }
  return left;
}

function conjunction(reader: Reader, scene: SqlScene): SqlValue {
  let left = negation(reader, scene);
  while (reader.takeIf('and')) {
    const right = negation(reader, scene);
    left = left === true && right === true;
    reader.named = '?column?';
  }
  return left;
}

function negation(reader: Reader, scene: SqlScene): SqlValue {
  if (!reader.takeIf('not')) return comparison(reader, scene);
  const value = negation(reader, scene);
  reader.named = '?column?';
  return value === null ? null : value !== true;
}

function comparison(reader: Reader, scene: SqlScene): SqlValue {
  const left = addition(reader, scene);
  if (reader.takeIf('is')) return isTest(reader, left);
  const sign = reader.peek();
  if (sign.kind !== 'mark' || !comparisons.has(sign.value)) return left;
  reader.take();
  const right = addition(reader, scene);
  reader.named = '?column?';
  return compareValues(sign.value, left, right);
}

function isTest(reader: Reader, left: SqlValue): boolean {
  const inverted = reader.takeIf('not');
  const wanted = reader.take().value;
  reader.named = '?column?';
  if (!['null', 'true', 'false'].includes(wanted)) refuse('PostgresError', `syntax error at or near "${wanted}"`);
  const holds = wanted === 'null' ? left === null : left === (wanted === 'true');
  return holds !== inverted;
}

function addition(reader: Reader, scene: SqlScene): SqlValue {
  let left = cast(reader, scene);
  for (;;) {
    const sign = reader.peek();
    if (sign.kind !== 'mark' || !['+', '-', '*', '/'].includes(sign.value)) return left;
    reader.take();
    left = combine(sign.value, left, cast(reader, scene));
    reader.named = '?column?';
  }
}

function combine(sign: string, left: SqlValue, right: SqlValue): SqlValue {
  if (sign === '+' || sign === '-') return addValues(sign, left, right);
  if (left === null || right === null) return null;
  return wide(sign === '*' ? toNumber(left) * toNumber(right) : toNumber(left) / toNumber(right));
}

function cast(reader: Reader, scene: SqlScene): SqlValue {
  let value = primary(reader, scene);
  while (reader.takeIf('::')) {
    const type = reader.take().value;
    if (type === 'double') reader.takeIf('precision');
    value = castValue(value, type);
  }
  return value;
}

function primary(reader: Reader, scene: SqlScene): SqlValue {
  const token = reader.take();
  reader.named = '?column?';
  if (token.kind === 'number') return Number(token.value);
  if (token.kind === 'text') return token.value;
  if (token.kind === 'parameter') return toValue(scene.parameters[Number(token.value) - 1]);
  if (token.kind === 'mark' && token.value === '(') return parenthesis(reader, scene);
  if (token.kind === 'mark' && token.value === '-') return -toNumber(primary(reader, scene));
  if (token.kind === 'word') return word(reader, scene, token.value);
  return refuse('PostgresError', `syntax error at or near "${token.value || 'end of input'}"`);
}

function parenthesis(reader: Reader, scene: SqlScene): SqlValue {
  const value = evaluate(reader, scene);
  reader.need(')');
  return value;
}

function word(reader: Reader, scene: SqlScene, name: string): SqlValue {
  if (name === 'true' || name === 'false') return name === 'true';
  if (name === 'null') return null;
  if (name === 'interval') return { kind: 'interval', ms: intervalMs(reader.take().value) };
  if (name === 'extract') return extractEpoch(reader, scene);
  const plain = name.replace(/^pg_catalog\./, '');
  const known = Object.hasOwn(sqlFunctions, plain) ? sqlFunctions[plain] : undefined;
  if (!known) refuse('PostgresError', `the simulated database does not know "${name}"`);
  if (aggregates.has(plain)) skipColumn(reader);
  const values = !aggregates.has(plain) && reader.takeIf('(') ? readArguments(reader, scene) : [];
  reader.named = plain;
  return known(scene, values);
}

function readArguments(reader: Reader, scene: SqlScene): SqlValue[] {
  const values: SqlValue[] = [];
  if (reader.takeIf(')')) return values;
  do values.push(evaluate(reader, scene));
  while (reader.takeIf(','));
  reader.need(')');
  return values;
}

/** Which column an aggregate reads makes no difference: tables are counts and a newest row. */
function skipColumn(reader: Reader): void {
  reader.need('(');
  reader.take();
  reader.need(')');
}

function extractEpoch(reader: Reader, scene: SqlScene): SqlValue {
  reader.need('(');
  reader.need('epoch');
  reader.need('from');
  const value = evaluate(reader, scene);
  reader.need(')');
  reader.named = 'extract';
  return value === null ? null : wide(toNumber(value) / 1000);
}

function toValue(given: unknown): SqlValue {
  if (given instanceof Date) return { kind: 'instant', ms: given.getTime() };
  if (given === null || given === undefined) return null;
  if (typeof given === 'boolean' || typeof given === 'number' || typeof given === 'string') return given;
  return refuse('PostgresError', `the simulated database takes no ${typeof given} as a parameter`);
}
