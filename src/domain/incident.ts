/** What people gather around. `recovering` begins with a recovery, `monitoring` when people were seen served after one. */
export const phases = ['investigating', 'recovering', 'monitoring', 'resolved', 'closed'] as const;
export type Phase = (typeof phases)[number];

/** What a record is of: an incident, a drill on test resources, or a month's routine runs. */
export const recordKinds = ['incident', 'drill', 'routine'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** What is real goes first: a drill is meant where no incident is open, and routines where there is no drill. */
export function mostReal(open: readonly Incident[]): readonly Incident[] {
  return recordKinds.map((kind) => open.filter((one) => one.kind === kind)).find((those) => those.length > 0) ?? [];
}

/** What runs gather around; a drill's and a routine's record is `investigating` until it is closed. */
export interface Incident {
  /** A running number over all kinds, shown as INC-7, DRILL-7 or ROUTINE-7. */
  id: number;
  kind: RecordKind;
  title: string;
  /** Empty in a record that is no incident's. */
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

const prefixes: Record<RecordKind, string> = { incident: 'INC', drill: 'DRILL', routine: 'ROUTINE' };

export function incidentLabel({ id, kind }: Pick<Incident, 'id' | 'kind'>): string {
  return `${prefixes[kind]}-${id}`;
}

/** The number in `INC-7`, `drill-7` or `ROUTINE-7`; null of any other text. One number is never of two records. */
export function readLabel(text: string): number | null {
  const [, digits] = /^(?:inc|drill|routine)-(\d{1,15})$/i.exec(text) ?? [];
  return digits === undefined ? null : Number(digits);
}

export function isIncident({ kind }: Pick<Incident, 'kind'>): boolean {
  return kind === 'incident';
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
