import type { SayableWord } from '../../../../command-news.ts';

export interface Suggestion extends SayableWord {
  /** The line as it is when this was chosen; null: it is there already, and its usage is what helps. */
  line: string | null;
}

/** What may follow what has been typed: `/dr fa` becomes `/dr failover `. */
export function suggest(typed: string, command: string, words: readonly SayableWord[]): Suggestion[] {
  if (!typed.startsWith('/') || typed.includes('\n')) return [];
  const rest = command.startsWith(typed) ? '' : restOf(typed, command);
  if (rest === undefined) return [];
  return words.flatMap(({ usage, does }): Suggestion[] => {
    const said = literalOf(usage);
    if (rest === said || rest.startsWith(`${said} `)) return [{ usage, does, line: null }];
    return said.startsWith(rest) ? [{ usage, does, line: `${command} ${said} ` }] : [];
  });
}

function restOf(typed: string, command: string): string | undefined {
  return typed.startsWith(`${command} `) ? typed.slice(command.length + 1).trimStart() : undefined;
}

/** What is typed as it stands: up to the first part that somebody has to think of. */
function literalOf(usage: string): string {
  const parts = usage.split(' ');
  const end = parts.findIndex((part) => !/^[a-z][a-z-]*$/.test(part));
  return (end === -1 ? parts : parts.slice(0, end)).join(' ');
}
