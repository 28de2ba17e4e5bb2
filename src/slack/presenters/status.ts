import type { Home } from '../../domain/home.ts';
import { type Incident, incidentLabel, isIncident, isOpen } from '../../domain/incident.ts';
import type { ConsentView, IncidentView, RunView } from '../../domain/views.ts';
import { acknowledgedLines, promiseLines } from './audiences.ts';
import { context, header, section, sections } from './blocks.ts';
import { code, said } from './escape.ts';
import { headerLines } from './incident-header.ts';
import { incidentTitle } from './incident-title.ts';
import { standingMark } from './marks.ts';
import { message, type Words } from './message.ts';
import { personName } from './people.ts';
import { runLines } from './run.ts';
import { allServices } from './services.ts';
import { instant } from './times.ts';

/** The answer to `/dr status` in or about one incident. */
export function presentStatus(
  view: IncidentView,
  run: RunView | null,
  consents: readonly ConsentView[],
  home: Home,
): Words {
  const title = incidentTitle(view.incident);
  const lines = headerLines(view, home);
  const ran = run === null ? ['Nothing has been run yet.'] : runLines(run, home);
  const work = [...ranOutLines(view, home), ...ran];
  const waits = consents.map((consent) => waitingLine(consent, home));
  const all = allServices(view.incident.services);
  const parts = run === null ? [waits, lines, work] : [waits, work, lines];
  const text = [`*${title.mrkdwn}*`, ...parts.flat(), ...all].join('\n');
  const blocks = parts.flatMap((part) => sections(part));
  return message(text, [header(title.plain), ...blocks, ...all.map(context)], view.simulated);
}

const eachShown = '`/dr status INC-7` shows the one that you name.';

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
  // What is real stands first, however many drills came after it.
  const shown = [...incidents.filter(isIncident), ...incidents.filter((one) => !isIncident(one))].slice(0, 30);
  const lines = shown
    .filter(isIncident)
    .flatMap((incident) => [listLine(incident, home, now), ...promised(look.views.get(incident.id), home)]);
  const others = shown.filter((record) => !isIncident(record));
  const tests = others.length === 0 ? [] : ['*Drills and routines*', ...others.map((one) => listLine(one, home, now))];
  if (lines.length === 0) lines.push('No incident yet. `/dr declare` opens one.');
  lines.push(...tests);
  const older = incidents.length - 30;
  const more = older > 0 ? [context(`${older} more are not shown. ${eachShown}`)] : [];
  return message(lines.join('\n'), [...sections(lines), ...more], simulated, eachShown.replace(/\.$/, ''));
}

/** Several are open and the word was said outside all of them. */
export function presentWhich(incidents: readonly Incident[], word: string, simulated: boolean): Words {
  const lines = [
    'Several are open. Say it in the channel of the one you mean, or name it:',
    ...incidents
      .slice(0, 20)
      .map(
        (incident) =>
          `• ${code(`/dr ${word} ${incidentLabel(incident)}`)}: ${said(incident.title)}${channelOf(incident)}`,
      ),
    ...(incidents.length > 20 ? [`… and ${incidents.length - 20} more: \`/dr list\` shows them.`] : []),
  ];
  return message(lines.join('\n'), sections(lines), simulated);
}

function listLine(incident: Incident, home: Home, now: Date): string {
  const severity = incident.severity === '' ? '' : ` ${incident.severity}`;
  const head = `*${incidentLabel(incident)}*${severity} · ${standingMark(incident)} · ${said(incident.title)}`;
  return `${head} · since ${instant(incident.impactBeganAt, home.timezone, now)} · ${personName(home, incident.commander)}${channelOf(incident)}`;
}

function promised(view: IncidentView | undefined, home: Home): string[] {
  if (view === undefined) return [];
  return [...acknowledgedLines(view, home), ...promiseLines(view)].map((line) => `      ${line}`);
}

function channelOf(incident: Incident): string {
  return incident.channel === null ? '' : ` · <#${incident.channel}>`;
}

/** Nothing that waits, and no run, would tell that something was asked for. */
function ranOutLines({ ranOut, incident, timezone, now }: IncidentView, home: Home): string[] {
  if (ranOut === null) return [];
  const { what, requestedBy, at } = ranOut;
  const next = isOpen(incident) ? ' If it is still wanted, ask again.' : '';
  const head = `⌛ The request for *${said(what)}* by ${personName(home, requestedBy)}`;
  return [`${head} expired at ${instant(at, timezone, now)}: nothing was done for it.${next}`];
}

function waitingLine(consent: ConsentView, home: Home): string {
  const missing = consent.needed - consent.approvals.length;
  return `🔐 ${code(consent.code)} ${said(consent.plan.title)} waits for ${missing} more approval${missing === 1 ? '' : 's'}, asked by ${personName(home, consent.requestedBy)}: \`/dr approve ${consent.code}\``;
}
