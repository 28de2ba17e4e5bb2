import { types } from 'node:util';

/** A deep copy of plain data, dates and bytes; whatever realm they come from, the copies are of this one. */
export function cloneData<T>(value: T): T {
  return cloneAny(value) as T;
}

function cloneAny(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (types.isDate(value)) return new Date(value.getTime());
  if (types.isUint8Array(value)) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(cloneAny);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cloneAny(one)]));
}
