import { hideSecrets } from '../../domain/secret-text.ts';

/** Shorter values stand in too many words to be taken for secrets. */
const shortest = 6;

/** Text that people may read: what a program was given in confidence, and what looks like it, is left out. */
export function maskSecrets(text: string, given: readonly string[]): string {
  const values = given.filter((value) => value.length >= shortest).toSorted((a, b) => b.length - a.length);
  return hideSecrets(values.reduce((shown, value) => shown.replaceAll(value, '[secret]'), text));
}
