import type { Notice, Outgoing, Place } from '../domain/notice.ts';
import type { Tx } from '../domain/ports/store.ts';
import { touchLive } from '../store/live-messages.ts';
import { enqueue } from '../store/outbox.ts';
import type { WordsDeps } from './deps.ts';
import { laneOf, liveKey } from './lanes.ts';

/** Puts a notice out once: under `key`, or under its own if it is a live one. */
export async function post(
  deps: Pick<WordsDeps, 'real'>,
  tx: Tx,
  words: { place: Place; notice: Notice; key?: string; pin?: boolean; broadcastId?: string },
): Promise<void> {
  const { place, notice, pin, broadcastId } = words;
  const key = words.key ?? liveKey(notice);
  if (!key) throw new Error(`A ${notice.kind} notice has no key of its own: it needs one.`);
  const document: Outgoing = { to: 'slack', do: 'post', place, notice, ...(pin && { pin }) };
  const carried = broadcastId === undefined ? {} : { broadcastId };
  await enqueue(tx, { key, lane: laneOf(place), document, dueAt: deps.real.now(), ...carried });
}

/** Says a sentence in the incident's channel. */
export async function sayIn(
  deps: Pick<WordsDeps, 'real'>,
  tx: Tx,
  words: {
    incidentId: number;
    key: string;
    text: string;
    mention?: readonly string[];
  },
): Promise<void> {
  const { incidentId, text, mention = [] } = words;
  const notice: Notice = { kind: 'sentence', text, mention: [...mention] };
  await post(deps, tx, { place: { in: 'incident', incidentId }, notice, key: words.key });
}

/** What this live message shows may have changed. */
export async function touch(deps: Pick<WordsDeps, 'real'>, tx: Tx, notice: Notice): Promise<void> {
  const key = liveKey(notice);
  if (key) touchLive(tx, key, deps.real.now());
}

/** Where everybody looks: what has no channel of its own is said there. */
export function incidentsChannel({ home }: Pick<WordsDeps, 'home'>): Extract<Place, { in: 'channel' }> {
  return { in: 'channel', name: home.channels.incidents };
}

/** The key of the word in #incidents that an incident was declared. */
export function announcementKey(incidentId: number): string {
  return `announced:${incidentId}`;
}
