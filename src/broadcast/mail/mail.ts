import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { enqueue } from '../../store/outbox.ts';
import type { WordsDeps } from '../deps.ts';
import { markSimulated } from '../templates/mail-page.ts';
import type { MailWords } from '../templates/sentences.ts';
import { sayMailToCopy } from './to-copy.ts';

export interface MailAsk {
  incident: Incident;
  addresses: readonly string[];
  /** Names what is said: under one key an address is mailed once, however often it is asked. */
  key: string;
  words: MailWords;
  broadcastId?: string;
}

/** One row for each distinct address; without mail, one message in the incident's channel with the text to copy. */
export async function mailTo(deps: WordsDeps, tx: Tx, ask: MailAsk): Promise<void> {
  const addresses = distinct(ask.addresses);
  if (addresses.length === 0) return;
  const marked = { ...ask, words: mark(deps, ask.words) };
  if (!deps.can.mail) return sayMailToCopy(deps, tx, marked, addresses);
  for (const address of addresses) await enqueueMail(deps, tx, marked, address);
}

async function enqueueMail(deps: WordsDeps, tx: Tx, ask: MailAsk, address: string): Promise<void> {
  await enqueue(tx, {
    key: `mail:${ask.key}:${address.toLowerCase()}`,
    lane: `email:${address.toLowerCase()}`,
    document: { to: 'email', do: 'send', mail: { incidentId: ask.incident.id, address, ...ask.words } },
    dueAt: deps.real.now(),
    ...(ask.broadcastId === undefined ? {} : { broadcastId: ask.broadcastId }),
  });
}

/** The first spelling of each address; servers tell mailboxes apart by case in theory only. */
function distinct(addresses: readonly string[]): string[] {
  const byLowerCase = new Map<string, string>();
  for (const address of addresses) {
    const lower = address.toLowerCase();
    if (!byLowerCase.has(lower)) byLowerCase.set(lower, address);
  }
  return [...byLowerCase.values()];
}

/** Mail leaves the sandbox for somebody's mailbox as it is: each says of itself that it is not real. */
function mark({ simulated }: WordsDeps, words: MailWords): MailWords {
  return simulated ? markSimulated(words) : words;
}
