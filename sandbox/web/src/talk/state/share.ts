/** `next` with every part that is as it was in `previous` taken from there: what did not change stays the same object. */
export function share<Value>(previous: unknown, next: Value): Value {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(previous) && Array.isArray(next)) return shareList(previous, next) as Value;
  if (isRecord(previous) && isRecord(next)) return shareRecord(previous, next) as Value;
  return next;
}

function shareList(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const shared = next.map((item, at) => share(previous[at], item));
  return shared.length === previous.length && shared.every((item, at) => item === previous[at]) ? previous : shared;
}

function shareRecord(previous: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next);
  const shared: Record<string, unknown> = {};
  let same = keys.length === Object.keys(previous).length;
  for (const key of keys) {
    shared[key] = share(previous[key], next[key]);
    if (shared[key] !== previous[key]) same = false;
  }
  return same ? previous : shared;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
