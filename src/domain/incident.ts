/** What people gather around. `recovering` begins with the first real run, `monitoring` when one has recovered. */
export const phases = ['investigating', 'recovering', 'monitoring', 'resolved', 'closed'] as const;
export type Phase = (typeof phases)[number];

export interface Incident {
  /** A running number, shown as INC-7. */
  id: number;
  title: string;
  severity: string;
  phase: Phase;
  services: string[];
  scenario: string | null;
  /** The person's name in muster.yml. */
  commander: string;
  declaredBy: string;
  impactBeganAt: Date;
  declaredAt: Date;
  resolvedAt: Date | null;
  closedAt: Date | null;
  /** Slack's channel id, once there is one. */
  channel: string | null;
  channelName: string;
}

export function incidentLabel(id: number): string {
  return `INC-${id}`;
}

export function isOpen(incident: Pick<Incident, 'phase'>): boolean {
  return incident.phase !== 'resolved' && incident.phase !== 'closed';
}

/** Recovery measured against its objectives; null where it was not observed. */
export interface Recovery {
  rtoMs: number | null;
  rtoObjectiveMs: number | null;
  rtoExplain: string;
  rpoMs: number | null;
  rpoObjectiveMs: number | null;
  rpoExplain: string;
}
