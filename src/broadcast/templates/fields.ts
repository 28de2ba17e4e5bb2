import { z } from 'zod';
import * as largest from './largest.ts';
import { shorten } from './say-list.ts';

/**
 * What a value is, which decides how it is escaped: `text` stays in its line, `person` may be a Slack id and is shown as
 * a person, `channel` may be one and is a link then, `lines` keeps its line breaks, `copy` is to be copied letter by letter, `list` is several lines of text.
 */
export type Kind = 'text' | 'person' | 'channel' | 'lines' | 'copy' | 'list' | 'flag' | 'count';

export interface Field {
  kind: Kind;
  about: string;
  example: unknown;
  least: unknown;
  most: unknown;
  /** All that it may be, where that is known. */
  words?: readonly string[];
  /** What is said outside Slack of a person who is known by a Slack id alone. */
  unnamed?: string;
}

const known = z.registry<Field>();

export function fieldOf(schema: z.core.$ZodType): Field {
  const field = known.get(schema);
  if (!field) throw new Error('A template was given an input that says nothing of itself.');
  return field;
}

/** One line. `least` is what it is at its smallest: '' where there may be nothing. */
export function text(about: string, example: string, of: { least?: string; most?: string } = {}): z.ZodString {
  return z.string().register(known, { kind: 'text', about, example, least: 'a', most: largest.sentence, ...of });
}

/** One line that there may not be; nothing where it is not given. */
export function optional(about: string, example: string, most: string): z.ZodDefault<z.ZodString> {
  return z.string().default('').register(known, { kind: 'text', about, example, least: '', most });
}

/** Names with commas between them, of which the first few are shown. */
export function names(about: string, example: string, most: string, shown = 10) {
  return z
    .string()
    .transform((all) => shorten(all, shown))
    .register(known, { kind: 'text', about, example, least: 'a', most });
}

/** One of a few words. */
export function oneOf(about: string, words: readonly string[], example: string): z.ZodString {
  const bySize = words.toSorted((a, b) => a.length - b.length);
  const [least, most] = [bySize[0] ?? '', bySize.at(-1) ?? ''];
  return z
    .string()
    .register(known, { kind: 'text', about: `${about}: ${words.join(', ')}`, example, least, most, words });
}

/** A name in muster.yml, or a Slack id. */
export function person(about: string, example = 'ana'): z.ZodString {
  return z.string().register(known, { kind: 'person', about, example, least: 'a', most: 'U0ANA12345678' });
}

/** A channel's id in Slack, or its name where it has none yet. */
export function channelLink(about: string, most: string): z.ZodString {
  return z.string().register(known, { kind: 'channel', about, example: 'inc-7-checkout-fails', least: 'a', most });
}

/** A person that there may not be. */
export function optionalPerson(about: string, unnamed?: string): z.ZodDefault<z.ZodString> {
  const size = { example: 'ana', least: '', most: 'U0ANA12345678' };
  return z
    .string()
    .default('')
    .register(known, { kind: 'person', about, ...size, ...(unnamed && { unnamed }) });
}

export function lines(about: string, example: string, of: { least?: string; most?: string } = {}): z.ZodString {
  return z.string().register(known, { kind: 'lines', about, example, least: 'a', most: largest.body, ...of });
}

export function copy(about: string, example: string, most = largest.body): z.ZodString {
  return z.string().register(known, { kind: 'copy', about, example, least: 'a', most });
}

/** Names as a list, of which the first few are shown. */
export function nameList(about: string, example: readonly string[], most: readonly string[], shown = 10) {
  return z
    .array(z.string())
    .transform((all) => (all.length > shown + 1 ? [...all.slice(0, shown), `and ${all.length - shown} more`] : all))
    .register(known, { kind: 'list', about, example, least: [], most });
}

export function list(about: string, example: readonly string[], most: readonly string[]): z.ZodArray<z.ZodString> {
  return z.array(z.string()).register(known, { kind: 'list', about, example, least: [], most });
}

export function flag(about: string, example = false): z.ZodBoolean {
  return z.boolean().register(known, { kind: 'flag', about, example, least: false, most: true });
}

/** What is not so unless it is said. */
export function optionalFlag(about: string): z.ZodDefault<z.ZodBoolean> {
  return z.boolean().default(false).register(known, { kind: 'flag', about, example: false, least: false, most: true });
}

export function count(about: string, example: number): z.ZodInt {
  return z.int().register(known, { kind: 'count', about, example, least: 1, most: 99 });
}
