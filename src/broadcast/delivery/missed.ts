import type { Outgoing } from '../../domain/notice.ts';
import type { CarriedRow } from '../../store/outbox.ts';

/** Addresses and channels that did not take a message, each reason once; null when none refused it. */
export function sayMissed(rows: readonly CarriedRow[]): string | null {
  const refused = rows.filter((row) => row.state === 'refused');
  const overtaken = rows.some((row) => row.state === 'sent') ? rows.filter((row) => row.state === 'superseded') : [];
  const missed = [...refused, ...overtaken.map((row) => ({ ...row, why: 'newer words took their place' }))];
  return missed.length === 0 ? null : sayReasons(missed);
}

/** Mailboxes that had not taken a message when the time was over that was promised, and why. */
export function sayPutOff(rows: readonly CarriedRow[]): string {
  const waiting = rows.filter((row) => row.state === 'due' || row.state === 'claimed');
  return `Late: ${sayReasons(waiting)}`;
}

function sayReasons(rows: readonly CarriedRow[]): string {
  const byReason = new Map<string, string[]>();
  for (const { document, why } of rows) {
    const reason = (why ?? 'no reason was given').replace(/\.$/, '');
    byReason.set(reason, [...(byReason.get(reason) ?? []), nameOf(document)]);
  }
  return [...byReason].map(([reason, names]) => `${names.join(', ')}: ${reason}`).join('; ');
}

function nameOf(document: Outgoing): string {
  switch (document.to) {
    case 'email':
      return document.mail.address;
    case 'pager':
      return 'the pager';
    case 'statuspage':
      return 'the public page';
    case 'slack':
      return document.do === 'post' && document.place.in === 'channel' ? document.place.name : 'the incident’s channel';
  }
}
