import type { Json, JsonObject } from '../../domain/json.ts';

/** A sentence for each expected column that the row lacks or holds otherwise. */
export function differences(expected: JsonObject, row: JsonObject): string[] {
  return Object.entries(expected).flatMap(([column, value]) => {
    if (!(column in row)) return [`there is no column ${column}`];
    const found = row[column] ?? null;
    return isSame(value, found) ? [] : [`${column} is ${JSON.stringify(found)}, expected ${JSON.stringify(value)}`];
  });
}

/** PostgreSQL's wide numbers come as text, so a number also equals its decimal text. */
function isSame(expected: Json, found: Json): boolean {
  if (typeof expected === 'number' && typeof found === 'string')
    return found.trim() !== '' && Number(found) === expected;
  return expected === found;
}
