import { Instant } from './duration.ts';
import type { Json, JsonObject } from './json.ts';
import { sayUtc } from './say-instant.ts';

/** What is no word for people: a text longer than this, or the name that only AWS uses. */
const longestText = 60;
const most = 6;

/** `healthy 4, total 4`: what a step has read, by the names of its outputs; null where there is nothing to say. */
export function sayOutput(output: JsonObject): string | null {
  const said = Object.entries(output).flatMap(([name, value]) =>
    isObject(value) ? Object.entries(value).flatMap(([inner, one]) => sayOne(inner, one)) : sayOne(name, value),
  );
  return said.length === 0 ? null : said.slice(0, most).join(', ');
}

function sayOne(name: string, value: Json): string[] {
  const text = sayValue(value);
  return text === null ? [] : [`${name.replaceAll('_', ' ')} ${text}`];
}

function sayValue(value: Json): string | null {
  if (typeof value === 'number') return value.toLocaleString('en');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string' || value === '' || value.length > longestText || value.startsWith('arn:')) return null;
  return Instant.safeParse(value).success ? sayUtc(new Date(value)) : value;
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
