import { refuse } from '../refuse.ts';

/** A value of simulated SQL. A driver hands `numeric` and `bigint` over as text, times as instants. */
export type SqlValue =
  | null
  | boolean
  | number
  | string
  | { kind: 'wide'; value: number }
  | { kind: 'instant'; ms: number }
  | { kind: 'interval'; ms: number };

export function wide(value: number): SqlValue {
  return { kind: 'wide', value };
}

export function instant(ms: number): SqlValue {
  return { kind: 'instant', ms };
}

/** A number to compare and to reckon with; text that is a number counts. */
export function toNumber(value: SqlValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  if (typeof value === 'object' && value !== null) return value.kind === 'wide' ? value.value : value.ms;
  return refuse('PostgresError', `invalid input syntax for type numeric: "${String(value)}"`);
}

export function toShown(value: SqlValue): string | number | boolean | null {
  if (typeof value !== 'object' || value === null) return value;
  if (value.kind === 'wide') return String(value.value);
  return value.kind === 'instant' ? new Date(value.ms).toISOString() : `${value.ms / 1000} seconds`;
}

export function compareValues(sign: string, left: SqlValue, right: SqlValue): SqlValue {
  if (left === null || right === null) return null;
  const order = orderOf(left, right);
  switch (sign) {
    case '=':
      return order === 0;
    case '<>':
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

function orderOf(left: SqlValue, right: SqlValue): number {
  if (typeof left === 'boolean' || typeof right === 'boolean') return Number(isTrue(left)) - Number(isTrue(right));
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right);
  return toNumber(left) - toNumber(right);
}

function isTrue(value: SqlValue): boolean {
  return value === true || value === 'true' || value === 't' || value === 'on';
}

export function addValues(sign: string, left: SqlValue, right: SqlValue): SqlValue {
  if (left === null || right === null) return null;
  const result = sign === '+' ? toNumber(left) + toNumber(right) : toNumber(left) - toNumber(right);
  const [a, b] = [kindOf(left), kindOf(right)];
  if (a === 'instant') return b === 'instant' ? { kind: 'interval', ms: result } : instant(result);
  if (a === 'interval') return { kind: 'interval', ms: result };
  return a === 'wide' || b === 'wide' ? wide(result) : result;
}

function kindOf(value: SqlValue): string {
  return typeof value === 'object' && value !== null ? value.kind : typeof value;
}

export function castValue(value: SqlValue, type: string): SqlValue {
  if (value === null) return null;
  if (/^(int|int2|int4|integer|smallint)$/.test(type)) return Math.round(toNumber(value));
  if (/^(float|float4|float8|real|double)$/.test(type)) return toNumber(value);
  if (/^(bigint|int8|numeric|decimal)$/.test(type)) return wide(toNumber(value));
  if (/^(text|varchar)$/.test(type)) return String(toShown(value));
  if (/^bool(ean)?$/.test(type)) return isTrue(value);
  if (/^(interval)$/.test(type)) return { kind: 'interval', ms: intervalMs(String(toShown(value))) };
  return refuse('PostgresError', `the simulated database does not cast to ${type}`);
}

const units: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3_600, day: 86_400 };

export function intervalMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?) *(second|minute|hour|day)s?$/.exec(text.trim());
  if (!match) refuse('PostgresError', `invalid input syntax for type interval: "${text}"`);
  return Number(match[1]) * (units[match[2] ?? ''] ?? 1) * 1000;
}
