import { Refusal } from '../../domain/errors.ts';
import type { Home } from '../../domain/home.ts';
import type { Incident } from '../../domain/incident.ts';
import type { ComponentStatus, PublicStatus } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { componentsOfOthers, readPublic } from '../../store/public-incidents.ts';
import type { UpdateForm } from '../broadcast.ts';
import type { WordsDeps } from '../deps.ts';

type Components = Record<string, ComponentStatus>;

/** What words bring to the page besides their text. */
export interface PageState {
  status: PublicStatus;
  notify: boolean;
  components: Components;
}

/** What a person's editor begins with: the page as it was last asked to be. Null where muster.yml names no page. */
export async function readPageForm(deps: WordsDeps, tx: Tx, incident: Incident): Promise<UpdateForm['page']> {
  if (!deps.home.statuspage) return null;
  const page = await readPublic(tx, incident.id);
  const shown = page?.components ?? {};
  const impact = impactOf(deps.home, incident.severity);
  const components = Object.entries(servicesByComponent(deps.home, incident)).map(
    ([id, service]) => [id, { service, status: shown[id] ?? impact }] as const,
  );
  return {
    status: page?.status ?? 'investigating',
    components: Object.fromEntries(components),
    canPost: deps.can.page,
    open: page !== null && page.state !== 'draft',
  };
}

/** Refuses components that are not of this incident's services: other incidents may need them as they are. */
export function checkComponents(home: Home, incident: Incident, components: Readonly<Components>): void {
  const own = servicesByComponent(home, incident);
  const foreign = Object.keys(components).filter((id) => !(id in own));
  if (foreign.length === 0) return;
  const known = Object.keys(own).join(', ') || 'none';
  throw new Refusal(
    `${foreign.join(', ')} is no component of this incident's services: expected some of ${known}. Leave the others as they are.`,
    'components',
  );
}

/** What the page is to show after a run has succeeded or the incident is resolved: no better than others need it. */
export async function recovered(tx: Tx, incidentId: number, status: ComponentStatus): Promise<Components> {
  const page = await readPublic(tx, incidentId);
  const others = await componentsOfOthers(tx, incidentId);
  const own = Object.keys(page?.components ?? {}).filter((id) => !others.has(id));
  return Object.fromEntries(own.map((id) => [id, status]));
}

/** Those of an incident's services only, whatever was asked. */
export function ownComponents(home: Home, incident: Incident, components: Readonly<Components>): Components {
  const own = servicesByComponent(home, incident);
  return Object.fromEntries(Object.entries(components).filter(([id]) => id in own));
}

/** The components of an incident's services as its severity shows them. */
export function openingComponents(home: Home, incident: Incident): Components {
  const impact = impactOf(home, incident.severity);
  return Object.fromEntries(Object.keys(servicesByComponent(home, incident)).map((id) => [id, impact]));
}

/** By component id, the services that it stands for. */
function servicesByComponent(home: Home, incident: Incident): Record<string, string> {
  const names: Record<string, string> = {};
  for (const service of incident.services) {
    const id = home.system.services[service]?.component;
    if (id !== undefined) names[id] = id in names ? `${names[id]}, ${service}` : service;
  }
  return names;
}

/** Severities are written in muster.yml from the worst down. */
function impactOf(home: Home, severity: string): ComponentStatus {
  const rank = Object.keys(home.severities).indexOf(severity);
  if (rank <= 0) return 'major_outage';
  return rank === 1 ? 'partial_outage' : 'degraded_performance';
}
