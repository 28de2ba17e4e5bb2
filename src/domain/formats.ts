/**
 * Each of Intl's formats holds some tens of kilobytes that the garbage collector does not count. They are made once for
 * every way of writing, of which there are few.
 */
const dates = new Map<string, Intl.DateTimeFormat>();
const lists = new Map<string, Intl.ListFormat>();

export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return once(dates, JSON.stringify([locale, options]), () => new Intl.DateTimeFormat(locale, options));
}

/** `a, b and c`, or `a, b or c`. */
export function listFormat(type: 'conjunction' | 'disjunction' = 'conjunction'): Intl.ListFormat {
  return once(lists, type, () => new Intl.ListFormat('en-GB', { type }));
}

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  const format = made.get(key) ?? make();
  made.set(key, format);
  return format;
}
