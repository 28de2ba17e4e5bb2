import { slackOf } from '../../domain/identity.ts';
import { type Incident, isIncident } from '../../domain/incident.ts';
import type { Notice, Outgoing } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readBroadcast } from '../../store/broadcasts.ts';
import { readIncident } from '../../store/incidents.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import type { WordsDeps } from '../deps.ts';
import { incidentsChannel, post, sayIn } from '../post.ts';
import { named } from '../words/named.ts';

type Post = Extract<Outgoing, { do: 'post' }>;

interface Unsaid {
  row: OutboxRow;
  document: Post;
  why: string;
}

/**
 * What an incident's channel did not take is said in #incidents and to the commander; what an audience's channel did not
 * take, in the incident's. What is refused there as well is not said again: it stays in the outbox as refused, which
 * readiness shows.
 */
export async function tellUnsaid(deps: WordsDeps, tx: Tx, of: Unsaid): Promise<void> {
  const { place, notice } = of.document;
  if (place.in === 'channel') return tellUntaken(deps, tx, { ...of, channel: place.name });
  const what = nameOf(notice);
  const incident = place.in === 'incident' ? await readIncident(tx, place.incidentId) : null;
  if (!incident || what === null) return;
  const text = sayUnsaid(deps, incident, notice, { what, why: of.why, channel: `#${incident.channelName}` });
  const called = isWorded(notice) ? notice.mention : [];
  const mention = [...new Set([incident.commander, ...called])];
  const key = `unsaid:${of.row.key}`;
  if (isIncident(incident)) {
    await post(deps, tx, { place: incidentsChannel(deps), notice: { kind: 'sentence', text, mention }, key });
  }
  const slack = slackOf(deps.home, incident.commander);
  if (slack === null) return;
  const direct: Notice = { kind: 'sentence', text, mention: [] };
  await post(deps, tx, { place: { in: 'direct', slack }, notice: direct, key: `${key}:${slack}` });
}

/** A message to an audience that its channel did not take. */
async function tellUntaken(deps: WordsDeps, tx: Tx, of: Unsaid & { channel: string }): Promise<void> {
  const { row, document, channel, why } = of;
  const broadcast = row.broadcastId === null ? null : await readBroadcast(tx, row.broadcastId);
  const incident = broadcast && (await readIncident(tx, broadcast.incidentId));
  if (!incident) return;
  const text = sayUnsaid(deps, incident, document.notice, { what: 'these words', why, channel });
  const mention = [incident.commander];
  await sayIn(deps, tx, { incidentId: incident.id, key: `unsaid:${row.key}`, text, mention });
}

/** A sentence is repeated as it was to be said: its values are escaped already. */
function sayUnsaid(
  { say }: WordsDeps,
  incident: Incident,
  notice: Notice,
  of: { what: string; why: string; channel: string },
): string {
  const text = say('word-refused', { ...named(incident), ...of });
  return isWorded(notice) ? `${text}\n${notice.text}` : text;
}

/** Whether it holds its own words. */
function isWorded(notice: Notice): notice is Extract<Notice, { text: string }> {
  return notice.kind === 'sentence' || notice.kind === 'call';
}

/** Null for a picture of how things stand, which says nothing that is not said elsewhere. */
function nameOf(notice: Notice): string | null {
  switch (notice.kind) {
    case 'sentence':
    case 'call':
      return 'these words';
    case 'plan':
      return 'a plan';
    case 'consent':
      return 'a request for approval, with its buttons';
    case 'run':
      return 'the steps of a run';
    case 'checklist':
      return 'a checklist, with its button';
    case 'public-draft':
      return 'the draft of the public page';
    case 'update-draft':
      return 'the draft of the next words, with its buttons';
    case 'schedule':
      return 'what is due by its schedule, with its buttons';
    case 'schedule-told':
      return 'what has become of a schedule';
    case 'review':
      return 'a document to be read';
    case 'incident-header':
    case 'incident-announced':
      return null;
  }
}
