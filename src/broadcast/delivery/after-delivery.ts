import { z } from 'zod';
import { slackOf } from '../../domain/identity.ts';
import { type Incident, isIncident, isOpen } from '../../domain/incident.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readIncident, setChannel } from '../../store/incidents.ts';
import { recordLive } from '../../store/live-messages.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import type { BroadcastDeps } from '../deps.ts';
import { liveKey } from '../lanes.ts';
import { announcementKey, incidentsChannel, post, touch } from '../post.ts';
import { pageRefused, pageSent } from '../public/after.ts';
import { announceEnds } from '../words/ended.ts';
import { named } from '../words/named.ts';
import { tellFault } from './fault-words.ts';
import { tellMailRefused } from './mail-words.ts';
import { settle } from './settle.ts';
import { tellUnsaid } from './unsaid.ts';

const ChannelReceipt = z.object({ channel: z.string().min(1) });
const MessageReceipt = z.object({ channel: z.string().min(1), ts: z.string().min(1) });

/** What the far end's answer means here, and what the message has come to that it was a part of. */
export async function afterSent(deps: BroadcastDeps, tx: Tx, row: OutboxRow, receipt: JsonObject): Promise<void> {
  await noteReceipt(deps, tx, row, receipt);
  await settleMessage(deps, tx, row);
}

/** Nobody is left believing that it was said. */
export async function afterRefused(deps: BroadcastDeps, tx: Tx, row: OutboxRow, why: string): Promise<void> {
  await tellRefused(deps, tx, row, why);
  await settleMessage(deps, tx, row);
}

async function settleMessage(deps: BroadcastDeps, tx: Tx, row: OutboxRow): Promise<void> {
  if (row.broadcastId === null) return;
  const ended = await settle(deps, tx, row.broadcastId);
  if (ended) await tellMailRefused(deps, tx, ended.broadcast);
}

/** The channel's id, a live message's place, the public incident's address. */
async function noteReceipt(deps: BroadcastDeps, tx: Tx, row: OutboxRow, receipt: JsonObject): Promise<void> {
  const { document } = row;
  if (document.to === 'statuspage') return pageSent(deps, tx, row, document, receipt);
  if (document.to !== 'slack') return;
  if (document.do === 'open-channel') {
    await setChannel(tx, document.incidentId, ChannelReceipt.parse(receipt).channel);
    return announce(deps, tx, document.incidentId);
  }
  const key = liveKey(document.notice);
  if (key)
    await recordLive(tx, { key, notice: document.notice, ...MessageReceipt.parse(receipt), at: deps.real.now() });
}

async function tellRefused(deps: BroadcastDeps, tx: Tx, row: OutboxRow, why: string): Promise<void> {
  const { document } = row;
  switch (document.to) {
    case 'statuspage':
      await pageRefused(deps, tx, row, document);
      return tellFault(deps, tx, { what: 'page-refused', incidentId: document.incidentId, key: row.key, why });
    case 'pager':
      return tellFault(deps, tx, { what: 'pager-refused', incidentId: document.event.incidentId, key: row.key, why });
    case 'email':
      if (row.broadcastId === null) await tellMailRefused(deps, tx, { key: row.key, mail: document.mail, why });
      return;
    case 'slack':
      if (document.do === 'post') return tellUnsaid(deps, tx, { row, document, why });
      return channelRefused(deps, tx, { row, incidentId: document.incidentId, why });
  }
}

async function channelRefused(
  deps: BroadcastDeps,
  tx: Tx,
  of: { row: OutboxRow; incidentId: number; why: string },
): Promise<void> {
  const incident = await readIncident(tx, of.incidentId);
  // A channel that is there was to be brought up to date, and goes on as it is.
  if (!incident || incident.channel !== null) return;
  const text = deps.say('channel-refused', { ...named(incident), why: of.why });
  const notice: Notice = { kind: 'sentence', text, mention: [incident.commander] };
  const key = `refused:${of.row.key}`;
  if (!isIncident(incident)) return sayDirectly(deps, tx, { incident, text, key });
  await post(deps, tx, { place: incidentsChannel(deps), notice, key });
  await announce(deps, tx, of.incidentId);
}

async function announce(deps: BroadcastDeps, tx: Tx, incidentId: number): Promise<void> {
  const incident = await readIncident(tx, incidentId);
  if (incident && isIncident(incident)) await announceIncident(deps, tx, incident);
  if (incident) await leadThere(deps, tx, incident);
  await touch(deps, tx, { kind: 'incident-header', incidentId });
}

async function announceIncident(deps: BroadcastDeps, tx: Tx, incident: Incident): Promise<void> {
  const notice = { kind: 'incident-announced', incidentId: incident.id } as const;
  await post(deps, tx, { place: incidentsChannel(deps), notice, key: announcementKey(incident.id) });
  await announceEnds(deps, tx, incident);
}

/** Of a drill or a routine nobody is told but whoever asked for it; where Slack does not know them, its commander. */
async function sayDirectly(
  deps: BroadcastDeps,
  tx: Tx,
  { incident, text, key }: { incident: Incident; text: string; key: string },
): Promise<void> {
  const slack = slackOf(deps.home, incident.declaredBy) ?? slackOf(deps.home, incident.commander);
  const notice: Notice = { kind: 'sentence', text, mention: [] };
  if (slack !== null) await post(deps, tx, { place: { in: 'direct', slack }, notice, key: `${key}:${slack}` });
}

/** Whoever declared it is where they typed it, and is led to the channel once there is one. */
async function leadThere(deps: BroadcastDeps, tx: Tx, incident: Incident): Promise<void> {
  const slack = slackOf(deps.home, incident.declaredBy);
  if (slack === null || incident.channel === null || !isOpen(incident)) return;
  const word = isIncident(incident) ? 'declared-direct' : 'opened-direct';
  const text = deps.say(word, { ...named(incident), where: incident.channel });
  const notice: Notice = { kind: 'sentence', text, mention: [] };
  await post(deps, tx, { place: { in: 'direct', slack }, notice, key: `declared:${incident.id}:${slack}` });
}
