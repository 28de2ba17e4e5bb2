/** PostgreSQL stores neither NUL nor half a surrogate pair, and what people type may hold both. */
export function cleanText(text: string): string {
  return text.replace(/\p{Surrogate}|\0/gu, '\uFFFD');
}

/** A value as it will be read back from jsonb: through JSON once, every text in it clean. */
export function cleanJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) => cleanInner(inner)) as T;
}

/** The JSON text of a value, fit for a jsonb parameter. */
export function toJsonb(value: unknown): string {
  return JSON.stringify(cleanJson(value));
}

function cleanInner(inner: unknown): unknown {
  if (typeof inner === 'string') return cleanText(inner);
  if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
  return Object.fromEntries(Object.entries(inner).map(([key, item]) => [cleanText(key), item]));
}
