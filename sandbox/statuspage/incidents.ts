import type { ChangedIncident, NewIncident } from './fields.ts';
import type { Component, IncidentUpdate, PublicIncident, StatusPage } from './page.ts';

/** Ids that this page does not show, or that stand for a group. */
export function unknownComponents(page: StatusPage, asked: ChangedIncident): string[] {
  const ids = [...(asked.component_ids ?? []), ...Object.keys(asked.components ?? {})];
  return [...new Set(ids)].filter((id) => page.components.get(id)?.group !== false);
}

export function openIncident(page: StatusPage, asked: NewIncident): PublicIncident {
  const at = page.now().toISOString();
  const id = page.nextId();
  const incident: PublicIncident = {
    id,
    page_id: page.id,
    name: asked.name,
    status: asked.status,
    impact: 'none',
    impact_override: null,
    created_at: at,
    updated_at: at,
    monitoring_at: null,
    resolved_at: null,
    shortlink: `https://stspg.io/${id}`,
    metadata: {},
    components: [],
    incident_updates: [],
  };
  page.incidents.unshift(incident);
  apply(page, incident, asked, true);
  return incident;
}

/** A change adds an update to the page only when it brings a body or another status. */
export function changeIncident(page: StatusPage, incident: PublicIncident, asked: ChangedIncident): void {
  const says = (asked.body ?? '') !== '' || (asked.status !== undefined && asked.status !== incident.status);
  apply(page, incident, asked, says);
}

function apply(page: StatusPage, incident: PublicIncident, asked: ChangedIncident, says: boolean): void {
  const at = page.now().toISOString();
  const affected = setComponents(page, incident, asked, at);
  incident.name = asked.name ?? incident.name;
  incident.status = asked.status ?? incident.status;
  incident.metadata = asked.metadata ?? incident.metadata;
  incident.impact_override = asked.impact_override ?? incident.impact_override;
  incident.impact = incident.impact_override ?? impactOf(incident);
  incident.updated_at = at;
  if (incident.status === 'monitoring') incident.monitoring_at ??= at;
  if (incident.status === 'resolved') incident.resolved_at ??= at;
  if (says) addUpdate(page, incident, asked, affected);
}

function addUpdate(
  page: StatusPage,
  incident: PublicIncident,
  asked: ChangedIncident,
  affected: IncidentUpdate['affected_components'],
): void {
  const at = page.now().toISOString();
  const body = asked.body ?? '';
  incident.incident_updates.unshift({
    id: page.nextId(),
    incident_id: incident.id,
    status: incident.status,
    body,
    created_at: at,
    display_at: at,
    deliver_notifications: asked.deliver_notifications,
    affected_components: affected,
  });
  if (asked.deliver_notifications) page.notified.push({ at, incident: incident.id, status: incident.status, body });
}

function setComponents(
  page: StatusPage,
  incident: PublicIncident,
  asked: ChangedIncident,
  at: string,
): IncidentUpdate['affected_components'] {
  const shown = new Set(incident.components.map((component) => component.id));
  for (const id of [...(asked.component_ids ?? []), ...Object.keys(asked.components ?? {})]) shown.add(id);
  const affected = Object.entries(asked.components ?? {}).flatMap(([id, status]) => {
    const component = page.components.get(id);
    if (!component || status === '') return [];
    const before = component.status;
    Object.assign(component, { status, updated_at: at });
    return [{ code: id, name: component.name, old_status: before, new_status: status }];
  });
  incident.components = [...shown].flatMap((id) => page.components.get(id) ?? []);
  return affected;
}

const order = ['operational', 'under_maintenance', 'degraded_performance', 'partial_outage', 'major_outage'];
const impacts = ['none', 'maintenance', 'minor', 'major', 'critical'];

function impactOf(incident: PublicIncident): string {
  const worst = Math.max(0, ...incident.components.map((component: Component) => order.indexOf(component.status)));
  const now = impacts[worst] ?? 'none';
  return impacts.indexOf(now) > impacts.indexOf(incident.impact) ? now : incident.impact;
}
