/** Shorter values stand in too many words to be taken for secrets. */
const shortest = 6;

const shapes: readonly [RegExp, string][] = [
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, '[secret]'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)[^\s/@]+@/gi, '$1[secret]@'],
  [/(\b(?:bearer|oauth|basic)\s+)[\w.~+/=-]{8,}/gi, '$1[secret]'],
  [/((?:password|passwd|secret|token|api[_-]?key|access[_-]?key)["']?\s*[=:]\s*["']?)[^\s"',;]+/gi, '$1[secret]'],
  [/\bxox[a-z]-[\w-]+/g, '[secret]'],
];

/** Text that people may read: what a program was given in confidence, and what looks like it, is left out. */
export function maskSecrets(text: string, given: readonly string[]): string {
  const values = given.filter((value) => value.length >= shortest).toSorted((a, b) => b.length - a.length);
  const without = values.reduce((shown, value) => shown.replaceAll(value, '[secret]'), text);
  return shapes.reduce((shown, [shape, instead]) => shown.replace(shape, instead), without);
}
