import type { Home } from '../../domain/home.ts';
import { type Incident, isOpen } from '../../domain/incident.ts';
import type { Notice } from '../../domain/notice.ts';
import type { IncidentView } from '../../domain/views.ts';
import { act, encode } from '../values.ts';
import { acknowledgedLines } from './audiences.ts';
import { actions, button, section, wholeText } from './blocks.ts';
import { incidentTitle } from './incident-title.ts';
import { message, type Words } from './message.ts';
import { worded } from './sentence.ts';
import { promisedAt } from './times.ts';

type Call = Extract<Notice, { kind: 'call' }>;

/** Calls people while nobody has it; then says who has, or that it is over, and has no button any more. */
export function presentCall(call: Call, view: IncidentView, home: Home): Words {
  const { incident, simulated } = view;
  if (!isOpen(incident) || view.acknowledged !== null) return presentAnswered(view, home);
  const words = worded(call, home);
  const value = encode({ incidentId: incident.id });
  const answer = actions(`${act.acknowledge}:${incident.id}`, [
    button('Acknowledge', act.acknowledge, value, { style: 'primary' }),
  ]);
  return message(words, [...wholeText(words), ...answer], simulated);
}

function presentAnswered(view: IncidentView, home: Home): Words {
  const { incident, timezone, now, simulated } = view;
  const over = isOpen(incident) ? [] : [`✅ ${sayOver(incident, (at) => promisedAt(at, timezone, now))}`];
  const lines = [`*${incidentTitle(incident).mrkdwn}*`, ...acknowledgedLines(view, home), ...over];
  const words = `${lines.join(' · ')}. Nobody is called any more.`;
  return message(words, [section(words)], simulated);
}

function sayOver({ phase, resolvedAt }: Incident, at: (when: Date) => string): string {
  return resolvedAt === null ? `It is ${phase}` : `Resolved at ${at(resolvedAt)}`;
}
