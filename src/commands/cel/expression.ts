import type { Json, JsonObject } from '../../domain/json.ts';

/** A whole-string `${{ … }}`; its CEL text, without the braces. */
export function expressionIn(value: Json): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const whole = text.startsWith('${{') && text.endsWith('}}') && text.indexOf('${{', 3) < 0;
  return whole ? text.slice(3, -2).trim() : undefined;
}

/** Whether a text holds the mark of an expression without being one as a whole. */
export function isMixedText(value: Json): boolean {
  return typeof value === 'string' && value.includes('${{') && expressionIn(value) === undefined;
}

export interface Leaf {
  path: (string | number)[];
  value: Json;
}

/** Every value inside that is neither a map nor a list. */
export function leavesOf(value: Json, path: (string | number)[] = []): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

/** The same value with every leaf replaced. */
export function mapLeaves(
  value: Json,
  change: (leaf: Json, path: (string | number)[]) => Json,
  path: (string | number)[] = [],
): Json {
  if (typeof value !== 'object' || value === null) return change(value, path);
  if (Array.isArray(value)) return value.map((item, index) => mapLeaves(item, change, [...path, index]));
  return mapFields(value, (item, key) => mapLeaves(item, change, [...path, key]));
}

export function mapFields(value: JsonObject, change: (item: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]));
}
