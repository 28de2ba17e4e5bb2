import type { Home } from '../../domain/home.ts';
import { incidentLabel } from '../../domain/incident.ts';
import type { IncidentView } from '../../domain/views.ts';
import { header, section } from './blocks.ts';
import { said } from './escape.ts';
import { message, type Words } from './message.ts';
import { personName } from './people.ts';
import { instant } from './times.ts';

/** The word in #incidents: what, since when, who commands, and where people gather. */
export function presentAnnouncement(view: IncidentView, home: Home): Words {
  const { incident, timezone, now } = view;
  const title = `${incidentLabel(incident.id)} · ${incident.severity} · ${incident.title}`;
  const where = incident.channel === null ? `#${said(incident.channelName)}` : `<#${incident.channel}>`;
  const lines = [
    `*${said(incident.severity)} declared* · ${said(view.systemTitle)}: ${incident.services.map(said).join(', ') || 'no service named'}`,
    `Impact began ${instant(incident.impactBeganAt, timezone, now)} · commander *${personName(home, incident.commander)}*`,
    `Gather in ${where}. Declared by ${personName(home, incident.declaredBy)}.`,
  ];
  return message(
    [`🚨 *${said(title)}*`, ...lines].join('\n'),
    [header(`🚨 ${title}`), section(lines.join('\n'))],
    view.simulated,
  );
}
