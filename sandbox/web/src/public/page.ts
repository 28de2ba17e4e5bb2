import type { Component, PublicIncident as Incident } from '../../../statuspage/page.ts';

export type PublicIncident = Omit<Incident, 'metadata'>;

/** The slice `statuspage`. */
export interface StatusPage {
  title: string;
  components: Pick<Component, 'id' | 'name' | 'status'>[];
  /** Newest first. */
  incidents: PublicIncident[];
  /** Notifications that subscribers got. */
  notified: number;
}
