import { type Incident, incidentLabel, isIncident, type Recovery } from '../../domain/incident.ts';
import type { ConsentView, IncidentView, RunView } from '../../domain/views.ts';
import type { Wire } from '../wire.ts';
import { presentConsent } from './consent.ts';
import { presentRun } from './run.ts';
import { clockTime, duration, table } from './text.ts';
import { presentAcknowledged, presentAudiences } from './update.ts';

export interface Status {
  incident: Wire<IncidentView>;
  run: Wire<RunView> | null;
  consents: Wire<ConsentView>[];
}

export function presentStatus({ incident: view, run, consents }: Status): string {
  const { incident } = view;
  const asked = [...consents.map(presentConsent), ...ranOutLines(view), ...(run === null ? [] : [presentRun(run)])];
  if (!isIncident(incident)) return [...recordLines(view), ...asked].join('\n');
  const ended = incident.resolvedAt ?? view.now;
  const lines = [
    line(incident) + (view.simulated ? ' [simulated cloud]' : ''),
    `  commander ${incident.commander}, #${incident.channelName}`,
    presentAcknowledged(view),
    `  impact since ${clockTime(incident.impactBeganAt, view.timezone)}, ${duration(Date.parse(ended) - Date.parse(incident.impactBeganAt))}`,
    ...view.active.map(({ service, region }) => `  ${service} was last led to ${region}${silence(view, region)}`),
    ...(view.standstill ? ['  takes writes: nobody known'] : []),
    ...view.guards.map((guard) => `  return guard on ${guard.step} in ${guard.region}: ${guard.state}`),
    `  public page: ${view.publicPage.state}${view.publicPage.url === null ? '' : ` ${view.publicPage.url}`}`,
    ...presentAudiences(view),
  ];
  const measured = view.recovery === null ? [] : [presentRecovery(view.recovery)];
  return [...lines, ...measured, ...asked].join('\n');
}

/** Of a drill or of routines there is no impact, and nobody who is told. */
function recordLines(view: Wire<IncidentView>): string[] {
  const { incident, timezone } = view;
  const what = incident.kind === 'drill' ? 'a drill on test resources: it counts as a test' : 'routines of a month';
  return [
    line(incident) + (view.simulated ? ' [simulated cloud]' : ''),
    `  ${what}`,
    `  commander ${incident.commander}, #${incident.channelName}`,
    `  opened ${clockTime(incident.declaredAt, timezone)} by ${incident.declaredBy}`,
  ];
}

function silence({ silent, timezone }: Wire<IncidentView>, region: string): string {
  const dark = silent.find((each) => each.region === region);
  return dark === undefined ? '' : `, which did not answer at ${clockTime(dark.at, timezone)}`;
}

function ranOutLines({ ranOut, timezone }: Wire<IncidentView>): string[] {
  if (ranOut === null) return [];
  const { what, requestedBy, at } = ranOut;
  return [`The request for ${what} by ${requestedBy} expired at ${clockTime(at, timezone)}: nothing was done for it.`];
}

export function presentIncidents(incidents: readonly Wire<Incident>[]): string {
  if (incidents.length === 0) return 'There is no incident.';
  const real = incidents
    .filter(isIncident)
    .map((one) => [incidentLabel(one), one.severity, one.phase, one.services.join(','), one.title]);
  const others = incidents
    .filter((one) => !isIncident(one))
    .map((one) => [incidentLabel(one), standing(one), one.title]);
  const first = real.length === 0 ? ['There is no incident.'] : table(real, '');
  return [...first, ...(others.length === 0 ? [] : ['Drills and routines', ...table(others, '')])].join('\n');
}

export function presentRecovery(recovery: Wire<Recovery>): string {
  const rows = [
    ['RTO', measured(recovery.rtoMs, recovery.rtoObjectiveMs), recovery.rtoExplain],
    ['RPO', measured(recovery.rpoMs, recovery.rpoObjectiveMs), recovery.rpoExplain],
  ];
  return table(rows).join('\n');
}

function measured(ms: number | null, objectiveMs: number | null): string {
  const found = ms === null ? 'not observed' : duration(ms);
  if (objectiveMs === null) return `${found}, no objective`;
  const verdict = ms === null ? '' : ms <= objectiveMs ? ', met' : ', missed';
  return `${found} of ${duration(objectiveMs)}${verdict}`;
}

function line(incident: Wire<Incident>): string {
  const head = `${incidentLabel(incident)} ${incident.title}`;
  if (!isIncident(incident)) return `${head}  ${standing(incident)}`;
  return `${head}  ${incident.severity}  ${incident.phase}  ${incident.services.join(', ')}`;
}

function standing({ phase }: Pick<Incident, 'phase'>): string {
  return phase === 'closed' ? 'closed' : 'open';
}
