import { modes } from '../../../domain/command.ts';
import { Refusal } from '../../../domain/errors.ts';
import { suggestion } from '../../../domain/nearest.ts';
import type { RehearsalAsk } from '../../../rehearsal/rehearsal.ts';
import { troubleNames } from '../../../rehearsal/troubles.ts';
import type { Edge } from '../../edge.ts';
import { shareFile } from '../../files.ts';
import type { Words } from '../../presenters/message.ts';
import { presentRehearsalBegun, presentRehearsalEnd } from '../../presenters/rehearsal.ts';
import { presentDocument } from '../../presenters/review.ts';
import { troubleOf } from '../../slack-errors.ts';
import { parseInputs, type Typed } from '../parse.ts';
import { tell } from '../tell.ts';
import type { Turn } from '../turn.ts';

/** `/dr rehearse NAME [input=value …] [ungraceful] [dark] [TROUBLE …]`, and `/dr rehearse stop`. */
export async function rehearseHere(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const commands = edge.recovery.commands().map(({ name }) => name);
  const [name, ...args] = typed.args;
  if (name === undefined)
    throw new Refusal(`Name the command: /dr rehearse NAME. Commands: ${commands.join(', ')}. Nothing has been begun.`);
  await turn.fresh();
  if (name === 'stop' && !commands.includes(name)) return tell(edge, turn, await stop(edge, turn, args));
  const { view, sentence, ended } = await edge.rehearsals.begin(readAsk(name, args), turn.by);
  const { home, simulated } = edge;
  const place = await post(edge, turn, presentRehearsalBegun(view, { sentence, home, simulated }));
  const end = await ended;
  const posted = await post(edge, turn, presentRehearsalEnd(view, end, { home, simulated }), place);
  if (posted === null) await tell(edge, turn, end.sentence);
  else if (end.kind === 'reported') await share(edge, posted, end.file);
}

function stop({ rehearsals }: Edge, { by }: Turn, args: readonly string[]): Promise<string> {
  if (args.length === 0) return rehearsals.stop(by);
  throw new Refusal(
    '/dr rehearse stop ends the one that is under way, and takes nothing more. Nothing has been stopped.',
  );
}

/** Words that are no inputs say what goes wrong. */
function readAsk(command: string, args: readonly string[]): RehearsalAsk {
  const isTrouble = (arg: string): boolean => arg !== 'dark' && troubleNames.includes(arg);
  const rest = args.filter((arg) => arg !== 'dark' && !isTrouble(arg));
  const odd = rest.find((arg) => !arg.includes('=') && !modes.some((mode) => mode === arg));
  if (odd !== undefined)
    throw new Refusal(
      `${odd}: ${suggestion(odd, [...modes, 'dark', ...troubleNames])}, or an input such as tasks=4. Nothing has been begun.`,
    );
  const { inputs, mode } = parseInputs(rest);
  const troubles = args.filter(isTrouble);
  return { command, inputs, dark: args.includes('dark'), troubles, ...(mode === null ? {} : { mode }) };
}

interface Posted {
  channel: string;
  ts: string;
}

/** Where it was asked, or directly where Muster may not post there; null where neither could be. */
async function post(edge: Edge, turn: Turn, words: Words, before: Posted | null = null): Promise<Posted | null> {
  const { chat } = edge.clients.bulk;
  const channels = new Set([before?.channel, turn.channel, turn.user].filter((one) => typeof one === 'string'));
  for (const channel of channels) {
    try {
      const sent = await chat.postMessage({ channel, unfurl_links: false, unfurl_media: false, ...words });
      if (sent.channel && sent.ts) return { channel: sent.channel, ts: sent.ts };
    } catch (error) {
      edge.log.info({ channel, trouble: troubleOf(error) }, 'A word of a rehearsal could not be posted there.');
    }
  }
  return null;
}

/** As a file below the message; as text where Slack takes none. */
async function share(edge: Edge, { channel, ts }: Posted, file: Parameters<typeof shareFile>[1]): Promise<void> {
  const { bulk } = edge.clients;
  try {
    await shareFile(bulk, file, { channel, under: ts });
  } catch (error) {
    edge.log.warn({ trouble: troubleOf(error) }, 'A report could not be shared as a file: its text is posted instead.');
    for (const words of presentDocument(file, edge.simulated))
      await bulk.chat.postMessage({ channel, thread_ts: ts, unfurl_links: false, unfurl_media: false, ...words });
  }
}
