/** One thing that happened in an incident, as people read it: entered by itself, typed, or kept from Slack. */
export interface TimelineEntry {
  id: number;
  incidentId: number;
  at: Date;
  kind: TimelineKind;
  /** A person's name, a Slack id, or `muster`. */
  who: string;
  /** One plain sentence, unescaped. */
  text: string;
  editedAt: Date | null;
  /** Set when the Slack message it was kept from was deleted. */
  removedAt: Date | null;
}

export const timelineKinds = [
  'command',
  'decision',
  'step',
  'words',
  'role',
  'phase',
  'region',
  'escalation',
  'note',
  'message',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];
