import { types } from 'node:util';
import fc from 'fast-check';
import { cloneData } from '../../src/sim/clone.ts';

/** What happens to a part of an answer on its way: it is gone, or something of another kind stands in its place. */
export interface Harm {
  /** Which of the parts, counted round. */
  part: number;
  /** Undefined where it is gone. */
  instead: unknown;
}

export const harms = {
  part: fc.nat(10_000),
  instead: fc.constantFrom<unknown>(
    undefined,
    undefined,
    undefined,
    null,
    7,
    Number.NaN,
    'banana',
    '',
    true,
    {},
    [],
    [null],
    new Date(Number.NaN),
  ),
};

type Path = readonly (string | number)[];

/** What people keep there, not what the service says: an entry that is not there is no part that is missing. */
const kept = new Set([
  'VersionIdsToStages',
  'Metadata',
  'Items',
  'Item',
  'Tags',
  'TagList',
  'LastEvaluatedKey',
  'rows',
]);

/** Every part of an answer, the containers too. */
function partsOf(value: unknown, path: Path = []): Path[] {
  const here = path.length === 0 || typeof path.at(-1) === 'number' ? [] : [path];
  if (typeof value !== 'object' || value === null || types.isDate(value) || types.isUint8Array(value)) return here;
  if (kept.has(String(path.at(-1)))) return here;
  const inside = Object.entries(value).flatMap(([key, one]) =>
    partsOf(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [...here, ...inside];
}

/** A copy of the answer, one of whose parts is gone or of another kind. An answer without parts comes as it is. */
export function harm(answer: Record<string, unknown>, { part, instead }: Harm): Record<string, unknown> {
  const parts = partsOf(answer);
  const path = parts[part % Math.max(1, parts.length)];
  const copy = cloneData(answer);
  if (path === undefined) return copy;
  const holder = path.slice(0, -1).reduce<Record<string | number, unknown>>((one, key) => one[key] as never, copy);
  const key = path.at(-1) ?? '';
  if (instead === undefined) delete holder[key];
  else if (kindOf(instead) !== kindOf(holder[key])) holder[key] = instead;
  return copy;
}

/** A list that is empty, and one of nothing, are of different kinds; so is a text of nothing. */
function kindOf(value: unknown): string {
  if (Number.isNaN(value)) return 'no number';
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? 'no date' : 'date';
  if (Array.isArray(value)) return value.length === 1 && value[0] === null ? 'list of nothing' : 'list';
  if (value === '') return 'no text';
  return value === null ? 'nothing' : typeof value;
}
