import { z } from 'zod';
import type { JsonObject } from '../domain/json.ts';
import type { Outgoing } from '../domain/notice.ts';
import type { Tx } from '../domain/ports/store.ts';
import { readIncident, setChannel } from '../store/incidents.ts';
import { recordLive } from '../store/live-messages.ts';
import type { OutboxRow } from '../store/outbox.ts';
import { recordOpened, recordResolved, withdrawAsk } from '../store/public-incidents.ts';
import type { BroadcastDeps } from './deps.ts';
import { liveKey } from './lanes.ts';
import { incidentsChannel, post, sayIn, touch } from './post.ts';
import { tellUnsaid } from './unsaid.ts';
import { named } from './words-of-incident.ts';

const ChannelReceipt = z.object({ channel: z.string().min(1) });
const MessageReceipt = z.object({ channel: z.string().min(1), ts: z.string().min(1) });
const PageReceipt = z.object({ id: z.string().min(1), url: z.string().nullable() });

/** A page that is not up to date is told to responders from this attempt on, or when it waits this long at once. */
const lateAttempt = 3;
const lateMs = 120_000;

/** What the far end's answer means here: the channel's id, a live message's place, the public incident's address. */
export async function afterSent(deps: BroadcastDeps, tx: Tx, row: OutboxRow, receipt: JsonObject): Promise<void> {
  const document = row.document;
  if (document.to === 'statuspage') return pageChanged(deps, tx, document, receipt);
  if (document.do === 'open-channel') {
    await setChannel(tx, document.incidentId, ChannelReceipt.parse(receipt).channel);
    return announce(deps, tx, document.incidentId);
  }
  const key = liveKey(document.notice);
  if (key)
    await recordLive(tx, { key, notice: document.notice, ...MessageReceipt.parse(receipt), at: deps.real.now() });
}

/** Nobody is left believing that it was said. */
export async function afterRefused(deps: BroadcastDeps, tx: Tx, row: OutboxRow, why: string): Promise<void> {
  const document = row.document;
  if (document.to === 'statuspage') {
    if (document.do === 'open') await withdrawAsk(tx, document.incidentId);
    await touch(deps, tx, { kind: 'public-draft', incidentId: document.incidentId });
    return tellPage(deps, tx, { row, incidentId: document.incidentId, what: 'page-refused', why });
  }
  if (document.do === 'post') return tellUnsaid(deps, tx, { key: row.key, document, why });
  const incident = await readIncident(tx, document.incidentId);
  if (!incident) return;
  const text = deps.say('channel-refused', { ...named(incident), why });
  const notice = { kind: 'sentence' as const, text, mention: [incident.commander] };
  await post(deps, tx, { place: incidentsChannel(deps), notice, key: `refused:${row.key}` });
  await announce(deps, tx, document.incidentId);
}

export async function tellLate(
  deps: BroadcastDeps,
  tx: Tx,
  row: OutboxRow,
  { why, waitMs }: { why: string; waitMs: number },
): Promise<void> {
  if (row.document.to !== 'statuspage' || (row.attempts < lateAttempt && waitMs < lateMs)) return;
  await tellPage(deps, tx, { row, incidentId: row.document.incidentId, what: 'page-late', why });
}

async function announce(deps: BroadcastDeps, tx: Tx, incidentId: number): Promise<void> {
  const notice = { kind: 'incident-announced', incidentId } as const;
  await post(deps, tx, { place: incidentsChannel(deps), notice, key: `announced:${incidentId}` });
  await touch(deps, tx, { kind: 'incident-header', incidentId });
}

async function pageChanged(
  deps: BroadcastDeps,
  tx: Tx,
  document: Extract<Outgoing, { to: 'statuspage' }>,
  receipt: JsonObject,
): Promise<void> {
  const { incidentId } = document;
  if (document.do === 'open') await recordOpened(tx, incidentId, PageReceipt.parse(receipt));
  else if (document.status === 'resolved') await recordResolved(tx, incidentId);
  await touch(deps, tx, { kind: 'public-draft', incidentId });
  await touch(deps, tx, { kind: 'incident-header', incidentId });
}

async function tellPage(
  deps: BroadcastDeps,
  tx: Tx,
  of: { row: OutboxRow; incidentId: number; what: 'page-refused' | 'page-late'; why: string },
): Promise<void> {
  const incident = await readIncident(tx, of.incidentId);
  if (!incident) return;
  const text = deps.say(of.what, { ...named(incident), why: of.why });
  await sayIn(deps, tx, {
    incidentId: incident.id,
    key: `${of.what}:${of.row.key}`,
    text,
    mention: [incident.commander],
  });
}
