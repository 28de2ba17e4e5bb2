import type { Mail, Outgoing } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { BroadcastRow } from '../../store/broadcasts.ts';
import { readIncident } from '../../store/incidents.ts';
import { type CarriedRow, rowsOfBroadcast } from '../../store/outbox.ts';
import type { WordsDeps } from '../deps.ts';
import { sayIn } from '../post.ts';
import { named } from '../words/named.ts';

type Refused = { key: string; mail: Mail; why: string } | BroadcastRow;

/** Which addresses did not take their mail: of a message to many all at once, when it has ended. */
export async function tellMailRefused(deps: WordsDeps, tx: Tx, of: Refused): Promise<void> {
  const refused = 'mail' in of ? one(of) : refusedOf(await rowsOfBroadcast(tx, of.id));
  const incident = await readIncident(tx, 'mail' in of ? of.mail.incidentId : of.incidentId);
  if (!incident || refused.addresses.length === 0) return;
  const addresses = refused.addresses.join(', ');
  const text = deps.say('mail-refused', { ...named(incident), addresses, why: refused.reasons.join('; ') });
  const key = `mail-refused:${'mail' in of ? of.key : of.id}`;
  await sayIn(deps, tx, { incidentId: incident.id, key, text, mention: [incident.commander] });
}

function one({ mail, why }: { mail: Mail; why: string }): { addresses: string[]; reasons: string[] } {
  return { addresses: [mail.address], reasons: [why] };
}

function refusedOf(rows: readonly CarriedRow[]): { addresses: string[]; reasons: string[] } {
  const mails = rows.filter((row) => row.document.to === 'email' && row.state === 'refused');
  const reasons = new Set(mails.map((row) => row.why ?? 'No reason was given.'));
  return { addresses: mails.flatMap((row) => addressOf(row.document)), reasons: [...reasons] };
}

function addressOf(document: Outgoing): string[] {
  return document.to === 'email' ? [document.mail.address] : [];
}
