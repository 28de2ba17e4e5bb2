import type { Home } from '../../domain/home.ts';
import { type Incident, incidentLabel } from '../../domain/incident.ts';
import type { ConsentView, IncidentView, RunView } from '../../domain/views.ts';
import { acknowledgedLines, promiseLines } from './audiences.ts';
import { context, header, section, sections } from './blocks.ts';
import { code, said } from './escape.ts';
import { headerLines } from './incident-header.ts';
import { phaseMark } from './marks.ts';
import { message, type Words } from './message.ts';
import { personName } from './people.ts';
import { runLines } from './run.ts';
import { instant } from './times.ts';

/** The answer to `/dr status` in or about one incident. */
export function presentStatus(
  view: IncidentView,
  run: RunView | null,
  consents: readonly ConsentView[],
  look: { home: Home; rtoMs: number | null },
): Words {
  const title = `${incidentLabel(view.incident.id)} · ${view.incident.severity} · ${view.incident.title}`;
  const lines = headerLines(view, look.home, look.rtoMs);
  const work = run === null ? ['Nothing has been run yet.'] : runLines(run, look.home);
  const waits = consents.map((consent) => waitingLine(consent, look.home));
  const text = [`*${said(title)}*`, ...lines, ...work, ...waits].join('\n');
  return message(text, [header(title), ...sections(lines), ...sections(work), ...sections(waits)], view.simulated);
}

/** The answer to `/dr list`; of those whose view is given, also what is promised to whom. */
export function presentList(
  incidents: readonly Incident[],
  look: { home: Home; now: Date; simulated: boolean; views: ReadonlyMap<number, IncidentView> },
): Words {
  const { home, now, simulated } = look;
  if (incidents.length === 0) {
    const none = 'No incident yet. `/dr declare` opens one.';
    return message(none, [section(none)], simulated);
  }
  const lines = incidents
    .slice(0, 30)
    .flatMap((incident) => [listLine(incident, home, now), ...promised(look.views.get(incident.id), home)]);
  const more = incidents.length > 30 ? [context(`${incidents.length - 30} older ones are not shown.`)] : [];
  return message(lines.join('\n'), [...sections(lines), ...more], simulated);
}

/** Several are open and the word was said outside all of them. */
export function presentWhich(incidents: readonly Incident[], word: string, simulated: boolean): Words {
  const lines = [
    'Several incidents are open. Say it in the channel of the one you mean, or name it:',
    ...incidents
      .slice(0, 20)
      .map(
        (incident) =>
          `• \`/dr ${said(word)} ${incidentLabel(incident.id)}\`: ${said(incident.title)}${channelOf(incident)}`,
      ),
  ];
  return message(lines.join('\n'), sections(lines), simulated);
}

function listLine(incident: Incident, home: Home, now: Date): string {
  const head = `*${incidentLabel(incident.id)}* ${incident.severity} · ${phaseMark[incident.phase]} · ${said(incident.title)}`;
  return `${head} · since ${instant(incident.impactBeganAt, home.timezone, now)} · ${personName(home, incident.commander)}${channelOf(incident)}`;
}

function promised(view: IncidentView | undefined, home: Home): string[] {
  if (view === undefined) return [];
  return [...acknowledgedLines(view, home), ...promiseLines(view)].map((line) => `      ${line}`);
}

function channelOf(incident: Incident): string {
  return incident.channel === null ? '' : ` · <#${incident.channel}>`;
}

function waitingLine(consent: ConsentView, home: Home): string {
  const missing = consent.needed - consent.approvals.length;
  return `🔐 ${code(consent.code)} ${said(consent.plan.title)} waits for ${missing} more approval${missing === 1 ? '' : 's'}, asked by ${personName(home, consent.requestedBy)}: \`/dr approve ${consent.code}\``;
}
