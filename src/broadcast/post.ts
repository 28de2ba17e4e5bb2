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
  words: { place: Place; notice: Notice; key?: string; pin?: boolean },
): Promise<void> {
  const { place, notice, pin } = words;
  const key = words.key ?? liveKey(notice);
  if (!key) throw new Error(`A ${notice.kind} notice has no key of its own: it needs one.`);
  const document: Outgoing = { to: 'slack', do: 'post', place, notice, ...(pin && { pin }) };
  await enqueue(tx, { key, lane: laneOf(place), document, dueAt: deps.real.now() });
}

/** Says a sentence in the incident's channel. */
export async function sayIn(
  deps: Pick<WordsDeps, 'real'>,
  tx: Tx,
  words: { incidentId: number; key: string; text: string; mention?: readonly string[] },
): Promise<void> {
  const notice: Notice = { kind: 'sentence', text: words.text, mention: [...(words.mention ?? [])] };
  await post(deps, tx, { place: { in: 'incident', incidentId: words.incidentId }, notice, key: words.key });
}

/** What this live message shows may have changed. */
export async function touch(deps: Pick<WordsDeps, 'real'>, tx: Tx, notice: Notice): Promise<void> {
  const key = liveKey(notice);
  if (key) await touchLive(tx, key, deps.real.now());
}

/** Where everybody looks: what has no channel of its own is said there. */
export function incidentsChannel({ home }: Pick<WordsDeps, 'home'>): Place {
  return { in: 'channel', name: home.channels.incidents };
}
