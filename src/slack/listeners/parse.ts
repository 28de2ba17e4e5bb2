import { type Mode, modes } from '../../domain/command.ts';
import { Refusal } from '../../domain/errors.ts';
import { readLabel } from '../../domain/incident.ts';

/** What was typed after `/dr`. */
export interface Typed {
  word: string;
  /** The incident named by INC-7, DRILL-7 or ROUTINE-7, wherever it stands. */
  incidentId: number | null;
  args: string[];
  /** Everything after the word, as typed. */
  rest: string;
}

export function parseTyped(text: string): Typed {
  const clean = unescapeText(text).trim();
  const [word = '', ...tokens] = clean.split(/\s+/);
  const label = tokens.findIndex((token) => readLabel(token) !== null);
  const incidentId = label === -1 ? null : readLabel(tokens[label] ?? '');
  const args = tokens.filter((_, index) => index !== label);
  const rest = label === -1 ? clean.slice(word.length).trim() : args.join(' ');
  return { word: word.toLowerCase(), incidentId, args, rest };
}

/** `tasks=4 mode=ungraceful`; the command itself judges names and values. */
export function parseInputs(args: readonly string[]): { inputs: Record<string, string>; mode: Mode | null } {
  const inputs: Record<string, string> = {};
  let mode: Mode | null = null;
  for (const arg of args) {
    const asMode = modes.find((known) => known === arg.replace(/^mode=/, ''));
    const at = arg.indexOf('=');
    if (asMode !== undefined) mode = asMode;
    else if (at > 0) setInput(inputs, arg.slice(0, at), arg.slice(at + 1));
    else throw new Refusal(`${arg} is not an input: expected name=value, such as tasks=4. Nothing has been done.`);
  }
  return { inputs, mode };
}

/** Slack's member in `<@U0ANA|ana>`, or the name in `@ana` or `ana`. */
export function parsePerson(token: string): string {
  return /^<@([UW][A-Z0-9]+)(\|[^>]*)?>$/.exec(token)?.[1] ?? token.replace(/^@/, '');
}

function setInput(inputs: Record<string, string>, name: string, value: string): void {
  if (Object.hasOwn(inputs, name)) throw new Refusal(`${name} is given twice: say it once. Nothing has been done.`);
  Object.defineProperty(inputs, name, { value, enumerable: true, writable: true, configurable: true });
}

/** With should_escape Slack sends people's own `& < >` as entities. */
function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
