import { Refusal } from '../domain/errors.ts';

export interface TypedArguments {
  /** The first word, in lower case; empty when nothing was typed. */
  name: string;
  /** `key=value` words. */
  args: Record<string, string>;
  /** The words that are no `key=value`, as typed, with one space between. */
  rest: string;
  /** Everything after the first word, as typed. */
  text: string;
}

const pair = /^([A-Za-z_][\w-]*)=(.*)$/s;
const closing: Record<string, string> = { '"': '"', "'": "'" };

/** Splits what follows `/dr`: `failover tasks=4 reason="the Region is dark"`. Throws `Refusal` on a key given twice. */
export function readArguments(typed: string): TypedArguments {
  const line = typed.trim();
  const end = line.search(/\s/);
  const name = end < 0 ? line : line.slice(0, end);
  const text = end < 0 ? '' : line.slice(end).trim();
  const pairs = new Map<string, string>();
  const rest: string[] = [];
  for (const word of splitWords(straighten(text))) {
    const [, key, value] = pair.exec(word) ?? [];
    if (key === undefined || value === undefined) {
      rest.push(unquote(word) ?? word);
      continue;
    }
    if (pairs.has(key)) throw new Refusal(`${key} is given twice: keep one of them.`, key);
    pairs.set(key, readValue(key, value));
  }
  return { name: name.toLowerCase(), args: Object.fromEntries(pairs), rest: rest.join(' '), text };
}

/** Phones and word processors curl the quotes that people type. */
function straighten(text: string): string {
  return text.replace(/[\u201C-\u201F\u00AB\u00BB]/g, '"').replace(/[\u2018-\u201B\u2039\u203A]/g, "'");
}

/** Words between spaces; a quote that opens a word or a value keeps the spaces up to where it closes. */
function splitWords(text: string): string[] {
  return [...text.matchAll(/(?:[A-Za-z_][\w-]*=)?(?:"[^"]*"|'[^']*')(?=\s|$)|\S+/g)].map((match) => match[0]);
}

function readValue(key: string, value: string): string {
  const open = value[0];
  if (open === undefined || closing[open] === undefined) return value;
  const inside = unquote(value);
  if (inside === undefined) throw new Refusal(`${key} has an open quote: close it, as in ${key}="two words".`, key);
  return inside;
}

function unquote(word: string): string | undefined {
  const open = word[0] ?? '';
  return word.length >= 2 && Object.hasOwn(closing, open) && word.endsWith(open) ? word.slice(1, -1) : undefined;
}
