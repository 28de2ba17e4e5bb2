import type { Home } from '../../domain/home.ts';
import type { IncidentView } from '../../domain/views.ts';
import { header, section } from './blocks.ts';
import { code, said } from './escape.ts';
import { incidentTitle } from './incident-title.ts';
import { message, type Words } from './message.ts';
import { personName } from './people.ts';
import { servicesWords } from './services.ts';
import { instant } from './times.ts';

/** The word in #incidents: what, since when, who commands, and where people gather. */
export function presentAnnouncement(view: IncidentView, home: Home): Words {
  const { incident, timezone, now } = view;
  const title = incidentTitle(incident);
  const where =
    incident.channel === null
      ? `its channel ${code(incident.channelName)}, which is being opened`
      : `<#${incident.channel}>`;
  const lines = [
    `*${said(incident.severity)} declared* · ${said(view.systemTitle)}: ${servicesWords(incident.services, 'no service named')}`,
    `Impact began ${instant(incident.impactBeganAt, timezone, now)} · commander *${personName(home, incident.commander)}*`,
    `Gather in ${where}. Declared by ${personName(home, incident.declaredBy)}.`,
  ];
  return message(
    [`🚨 *${title.mrkdwn}*`, ...lines].join('\n'),
    [header(`🚨 ${title.plain}`), section(lines.join('\n'))],
    view.simulated,
  );
}
