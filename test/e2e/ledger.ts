import { setTimeout as wait } from 'node:timers/promises';
import type { Outside } from './outside.ts';

/** What arrived at every far end since a beginning, by their own records, in order of time. */
export interface Ledger {
  /** Waits until no process has anything left to say, or to do now. */
  quiet(): Promise<void>;
  /** `0:05:00 page investigating`, of what the due clock says. */
  lines(): string[];
  /** Of every message in Slack: its own name, which no other has. */
  keys(): string[];
}

/** What a message of Muster is, by how it begins; what is not here is told by other tests. */
const kinds: readonly [RegExp, string][] = [
  [/^(<@\w+> )+:rotating_light:/, 'call'],
  [/^:rotating_light: You are called/, 'call'],
  [/Nobody is called any more\.$/, 'call'],
  [/^:rotating_light:/, 'declared'],
  [/^:memo:/, 'update'],
  [/^:loudspeaker:/, 'update'],
  [/^(<@\w+> )+:bell:.*words to (\w+)/, 'asked for words to $2'],
  [/^(<@\w+> )+:hourglass:.*an update to (?:the )?(\w+)/, 'broken promise to $2'],
  [/^(📝 Draft|\*📝)/u, 'draft'],
  [/^:raised_hand:/, 'acknowledged'],
  [/^:no_bell:/, 'held back'],
  [/^:white_check_mark: .*(INC|resolved)/, 'all clear'],
  [/^\*📄/u, 'post-mortem'],
];

export function openLedger(outside: Outside, began: Date): Ledger {
  const { slack, statuspage, mail } = outside.farEnds;
  const channels = () => [...slack.workspace.channels.values()];
  const inSlack = (): Arrival[] =>
    channels().flatMap(({ name, messages }) =>
      messages
        .filter((message) => message.bot_id !== undefined && message.only === null)
        .map(({ ts, text }) => ({
          at: Number(ts) * 1000,
          place: `#${name.replace(/^inc-.*/, 'inc')}`,
          what: kindOf(text),
        })),
    );
  const byMail = (): Arrival[] =>
    mail.mailbox.received.map(({ at, to }) => ({ at: Date.parse(at), place: 'mail', what: to }));
  const onPage = (): Arrival[] =>
    statuspage.page.incidents.flatMap((incident) =>
      incident.incident_updates.map(({ created_at: at, status }) => ({
        at: Date.parse(at),
        place: 'page',
        what: status,
      })),
    );
  return {
    quiet: () => untilQuiet(outside),
    lines: () =>
      [...inSlack(), ...byMail(), ...onPage()]
        .filter(({ what }) => what !== '')
        .map(({ at, place, what }) => `${sayElapsed(at - began.getTime())} ${place} ${what}`)
        .toSorted(),
    keys: () =>
      channels().flatMap(({ messages }) =>
        messages.flatMap(({ metadata }) => (metadata ? [String(metadata.event_payload.key)] : [])),
      ),
  };
}

interface Arrival {
  at: number;
  place: string;
  what: string;
}

function kindOf(text: string): string {
  const [first = ''] = text.replace('[SIMULATION] ', '').split('\n', 1);
  const found = kinds.find(([is]) => is.test(first));
  return found ? (found[0].exec(first)?.[0] ?? '').replace(...found) : '';
}

async function untilQuiet(outside: Outside): Promise<void> {
  for (let calm = 0, look = 0; calm < 3; look += 1) {
    if (look > 200) throw new Error(`there is no end of words\n${outside.log.slice(-20).join('\n')}`);
    await wait(200);
    calm = (await wordsLeft(outside)) === 0 ? calm + 1 : 0;
  }
}

/** By the metrics of a process that answers: all share one database. */
async function wordsLeft({ bots }: Outside): Promise<number | null> {
  const metrics = await Promise.all(
    bots.map(({ port }) =>
      fetch(`http://127.0.0.1:${port}/metrics`).then(
        (answer) => answer.text(),
        () => '',
      ),
    ),
  );
  const counts = metrics.map((text) =>
    [...text.matchAll(/^muster_outbox_waiting\{.*\} (\d+)$/gm)].map(([, count]) => Number(count)),
  );
  const [first = []] = counts;
  return counts.some((lanes) => lanes.length === 0) ? null : first.reduce((sum, count) => sum + count, 0);
}

function sayElapsed(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
