import { Refusal } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';

/** `tasks=4 zone=a` as a record; each is `name=value`. */
export function readPairs(words: readonly string[], expected: string): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at <= 0) throw new Refusal(`${word}: expected ${expected}.`);
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

/** The fields that were given. */
export function given(fields: Record<string, JsonObject[string] | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, JsonObject[string]] => entry[1] !== undefined),
  );
}

/** Commander's collector for an option that may be repeated. */
export function collect(word: string, before: string[]): string[] {
  return [...before, word];
}
