import { z } from 'zod';
import type { JsonObject } from '../../domain/json.ts';
import type { Outgoing } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readBroadcast } from '../../store/broadcasts.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { recordOpened, recordResolved, withdrawAsk } from '../../store/public-incidents.ts';
import type { WordsDeps } from '../deps.ts';
import { touch } from '../post.ts';
import { endCopies } from './copy.ts';

type PageWords = Extract<Outgoing, { to: 'statuspage' }>;

const PageReceipt = z.object({ id: z.string().min(1), url: z.string().nullable() });

/** The page has taken it: under which id and address it shows the incident. */
export async function pageSent(
  deps: WordsDeps,
  tx: Tx,
  row: Pick<OutboxRow, 'id'>,
  words: PageWords,
  receipt: JsonObject,
): Promise<void> {
  const { incidentId } = words;
  await recordOpened(tx, incidentId, PageReceipt.parse(receipt));
  if (words.status === 'resolved') await recordResolved(tx, incidentId);
  await endCopies(deps, tx, incidentId, row.id);
  await touchPage(deps, tx, incidentId);
}

/** The page would not take it: what opens it is a draft again, as it was written. */
export async function pageRefused(deps: WordsDeps, tx: Tx, row: OutboxRow, words: PageWords): Promise<void> {
  const { incidentId } = words;
  const written = row.broadcastId === null ? null : await readBroadcast(tx, row.broadcastId);
  if (words.do === 'open') await withdrawAsk(tx, incidentId, written?.body ?? words.body);
  await touchPage(deps, tx, incidentId);
}

async function touchPage(deps: WordsDeps, tx: Tx, incidentId: number): Promise<void> {
  await touch(deps, tx, { kind: 'public-draft', incidentId });
  await touch(deps, tx, { kind: 'incident-header', incidentId });
}
