import { refuse } from '../refuse.ts';

export interface Token {
  kind: 'word' | 'number' | 'text' | 'parameter' | 'mark' | 'end';
  /** Words in lower case; text without its quotes; parameters without the dollar. */
  value: string;
}

const pattern =
  /\s+|--[^\n]*|(?<text>'(?:[^']|'')*')|(?<quoted>"[^"]+")|(?<number>\d+(?:\.\d+)?)|\$(?<parameter>\d+)|(?<word>[A-Za-z_][\w.]*)|(?<mark>::|<>|!=|<=|>=|[-+*/=<>(),;])/y;

export function splitTokens(sql: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < sql.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(sql);
    if (!match) refuse('PostgresError', `syntax error at or near "${sql.slice(at, at + 12)}"`);
    const token = toToken(match.groups ?? {});
    if (token) tokens.push(token);
  }
  return tokens.filter((token) => token.value !== ';' || token.kind !== 'mark');
}

function toToken(groups: Record<string, string | undefined>): Token | null {
  const { text, quoted, number, parameter, word, mark } = groups;
  if (text !== undefined) return { kind: 'text', value: text.slice(1, -1).replaceAll("''", "'") };
  if (quoted !== undefined) return { kind: 'word', value: quoted.slice(1, -1) };
  if (number !== undefined) return { kind: 'number', value: number };
  if (parameter !== undefined) return { kind: 'parameter', value: parameter };
  if (word !== undefined) return { kind: 'word', value: word.toLowerCase() };
  return mark === undefined ? null : { kind: 'mark', value: mark };
}
