import type { Home } from '../../src/domain/home.ts';
import { type Changes, createChanges } from '../wire/changes.ts';

/** The state of one simulated status page; field names are Statuspage's own. */

export interface Component {
  id: string;
  page_id: string;
  name: string;
  status: string;
  description: string;
  /** A group of components: it is listed among them, and takes no status of its own. */
  group: boolean;
  created_at: string;
  updated_at: string;
}

export interface IncidentUpdate {
  id: string;
  incident_id: string;
  status: string;
  body: string;
  created_at: string;
  display_at: string;
  deliver_notifications: boolean;
  affected_components: { code: string; name: string; old_status: string; new_status: string }[];
}

export interface PublicIncident {
  id: string;
  page_id: string;
  name: string;
  status: string;
  impact: string;
  impact_override: string | null;
  created_at: string;
  updated_at: string;
  monitoring_at: string | null;
  resolved_at: string | null;
  shortlink: string;
  metadata: Record<string, unknown>;
  components: Component[];
  /** Newest first. */
  incident_updates: IncidentUpdate[];
}

/** A message that subscribers got. */
export interface Notified {
  at: string;
  incident: string;
  status: string;
  body: string;
}

export interface StatusPage {
  id: string;
  title: string;
  components: Map<string, Component>;
  /** Newest first. */
  incidents: PublicIncident[];
  notified: Notified[];
  refused: { at: string; call: string; status: number; error: string }[];
  changes: Changes;
  now(): Date;
  nextId(): string;
}

/** A page that shows the components which a home's services name. */
export function createPage(home: Home, now: () => Date): StatusPage {
  let last = 0;
  const id = home.statuspage?.page ?? 'page01';
  const page: StatusPage = {
    id,
    title: `${home.system.title} status`,
    components: new Map(),
    incidents: [],
    notified: [],
    refused: [],
    changes: createChanges(),
    now,
    nextId: () => `sp${(++last).toString(36).padStart(10, '0')}`,
  };
  const at = now().toISOString();
  for (const [name, service] of Object.entries(home.system.services)) {
    if (service.component === undefined) continue;
    const component = {
      id: service.component,
      page_id: id,
      name,
      status: 'operational',
      description: '',
      group: false,
    };
    page.components.set(service.component, { ...component, created_at: at, updated_at: at });
  }
  return page;
}
