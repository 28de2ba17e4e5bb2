import type { Json, JsonObject } from '../../domain/json.ts';

/** A sentence for each expected column that the row lacks or holds otherwise. */
export function differences(expected: JsonObject, row: JsonObject): string[] {
  return Object.entries(expected).flatMap(([column, value]) => {
    if (!(column in row)) return [`there is no column ${column}`];
    const found = row[column] ?? null;
    return isSame(value, found) ? [] : [`${column} is ${JSON.stringify(found)}, expected ${JSON.stringify(value)}`];
  });
}

/** `items: 47,500 of at least 48,000`, for each column that holds less, or no number. */
export function shortfalls(least: Readonly<Record<string, number>>, row: JsonObject): string[] {
  return Object.entries(least).flatMap(([column, wanted]) => {
    if (!(column in row)) return [`there is no column ${column}`];
    const found = numberIn(row[column] ?? null);
    if (found !== null && found >= wanted) return [];
    const held = found === null ? JSON.stringify(row[column] ?? null) : found.toLocaleString('en');
    return [`${column}: ${held} of at least ${wanted.toLocaleString('en')}`];
  });
}

function numberIn(found: Json): number | null {
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** PostgreSQL's wide numbers come as text, so a number also equals its decimal text. */
function isSame(expected: Json, found: Json): boolean {
  if (typeof expected === 'number' && typeof found === 'string')
    return found.trim() !== '' && Number(found) === expected;
  return expected === found;
}
