import type { Tx } from '../../domain/ports/store.ts';
import { readIncident } from '../../store/incidents.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { isPastPromise } from '../../store/public-words.ts';
import type { WordsDeps } from '../deps.ts';
import { copyWhatWaits } from '../public/copy.ts';
import { tellFault } from './fault-words.ts';

/** What does not arrive is told to responders from this attempt on, or when it waits this long at once. */
const lateAttempt = 3;
const lateMs = 120_000;

/** Slack's own lateness cannot be told there: readiness shows it. First and overdue public words are handed over to copy. */
export async function tellLate(
  deps: WordsDeps,
  tx: Tx,
  row: OutboxRow,
  { why, waitMs }: { why: string; waitMs: number },
): Promise<void> {
  if (row.attempts < lateAttempt && waitMs < lateMs) return;
  const { document } = row;
  if (document.to === 'email') {
    const { incidentId } = document.mail;
    return tellFault(deps, tx, { what: 'mail-late', incidentId, key: row.broadcastId ?? row.key, why });
  }
  if (document.to !== 'statuspage') return;
  await tellFault(deps, tx, { what: 'page-late', incidentId: document.incidentId, key: row.key, why });
  const isDue = document.do === 'open' || (await isPastPromise(tx, document.incidentId));
  const incident = isDue ? await readIncident(tx, document.incidentId) : null;
  if (incident) await copyWhatWaits(deps, tx, incident);
}
