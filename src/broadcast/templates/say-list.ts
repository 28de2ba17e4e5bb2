/** `api, web`; of many the first ones, and how many there are besides: what people can read at a glance. */
export function sayList(names: readonly string[], most = 10): string {
  if (names.length <= most + 1) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** The same for names that have commas between them already. */
export function shorten(names: string, most: number): string {
  return sayList(names.split(', '), most);
}
