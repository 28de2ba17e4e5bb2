import { type Incident, isOpen } from '../../domain/incident.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { isEnqueued } from '../../store/outbox.ts';
import type { WordsDeps } from '../deps.ts';
import { announcementKey, incidentsChannel, post } from '../post.ts';
import { sayDuration } from '../templates/say-time.ts';
import { named } from './named.ts';

/**
 * One line each in #incidents, below the announcement: those who read of the beginning there read of the end. Before
 * there is an announcement nothing is said: it brings them along.
 */
export async function announceEnds(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const key = announcementKey(incident.id);
  if (isOpen(incident) || !(await isEnqueued(tx, key))) return;
  const until = incident.resolvedAt ?? deps.clock.now();
  const took = sayDuration(until.getTime() - incident.impactBeganAt.getTime());
  await sayBelow(deps, tx, {
    key,
    what: 'resolved',
    text: deps.say('resolved-announced', { ...named(incident), took }),
  });
  if (incident.phase !== 'closed') return;
  await sayBelow(deps, tx, { key, what: 'closed', text: deps.say('closed', named(incident)) });
}

async function sayBelow(
  deps: WordsDeps,
  tx: Tx,
  { key, what, text }: { key: string; what: 'resolved' | 'closed'; text: string },
): Promise<void> {
  const notice: Notice = { kind: 'sentence', text, mention: [] };
  await post(deps, tx, { place: { ...incidentsChannel(deps), under: key }, notice, key: `${key}:${what}` });
}
