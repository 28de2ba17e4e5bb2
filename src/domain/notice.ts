/**
 * What Muster says to people, by meaning: rendered for where it goes at the moment it goes out.
 * A live notice is one message kept current; the others are posted once.
 */
export type Notice =
  | { kind: 'incident-header'; incidentId: number }
  | { kind: 'incident-announced'; incidentId: number }
  | { kind: 'plan'; planId: string }
  | { kind: 'consent'; requestId: string }
  | { kind: 'run'; runId: string }
  /** What people are to answer item by item, and who has; `mention` are called when it is posted. */
  | { kind: 'checklist'; runId: string; step: string; mention: string[] }
  | { kind: 'public-draft'; incidentId: number }
  /** What would be said next and to whom, with Edit, Send and Snooze; one message for each round of drafts. */
  | { kind: 'update-draft'; incidentId: number; round: number }
  /**
   * Calls people to an incident until somebody has it, then says who; one message for each rung that calls in the
   * channel. `text` and `mention` are as in a sentence.
   */
  | { kind: 'call'; incidentId: number; rung: number; text: string; mention: string[] }
  /** What a schedule has due, with Start and Not this time until that is decided. */
  | { kind: 'schedule'; occurrenceId: string }
  /** What has become of it, to its owner; `earlier` counts those before it of which the same is said. */
  | { kind: 'schedule-told'; occurrenceId: string; what: ScheduleTold; earlier: number; mention: boolean }
  /** A document to be read by a person, as a Markdown file below its message, which says who has read it. */
  | { kind: 'review'; reviewId: string }
  /** `text` is Slack mrkdwn whose values are escaped already; `mention` are people (names or Slack ids) pinged in front of it. `live` is the key of a sentence that is replaced when it is over. */
  | { kind: 'sentence'; text: string; mention: string[]; button?: SentenceButton; live?: string };

export const schedulesTold = ['reminder', 'missed', 'handed-over', 'failed'] as const;
export type ScheduleTold = (typeof schedulesTold)[number];

/** Pressed below a sentence: `public.posted` says that a publisher has put the words above on the status page. */
export interface SentenceButton {
  action: 'public.posted';
  incidentId: number;
  /** Which words are above, where they are words to an audience. */
  broadcastId?: string;
}

export type Place =
  | { in: 'incident'; incidentId: number }
  /** `under` is the key of the words below which it goes, in their thread and in the channel. */
  | { in: 'channel'; name: string; under?: string }
  | { in: 'direct'; slack: string };

/** What the status page is to say and show of an incident. */
export interface PublicPost {
  incidentId: number;
  body: string;
  status: PublicStatus;
  components: Record<string, ComponentStatus>;
  notify: boolean;
  /** A publisher says that they have put it there: it is posted only if the page shows nothing since this instant. */
  byHand?: { since: string };
}

/** A unit of outgoing work. Rows of one lane go out in order; lanes never wait for one another. */
export type Outgoing =
  | { to: 'slack'; do: 'open-channel'; incidentId: number }
  | { to: 'slack'; do: 'post'; place: Place; notice: Notice; pin?: boolean }
  /** Opens the public incident, or updates it if it is there by then. */
  | ({ to: 'statuspage'; do: 'open'; name: string } & PublicPost)
  | ({ to: 'statuspage'; do: 'update' } & PublicPost)
  | { to: 'email'; do: 'send'; mail: Mail }
  | { to: 'pager'; do: 'page'; event: PagerEvent };

/** One mail to one address. `key` of its row makes its Message-ID, so that a repeated one is known as the same. */
export interface Mail {
  incidentId: number;
  address: string;
  subject: string;
  text: string;
  html: string;
}

/** What a pager is told; `key` is the same from trigger to resolve. */
export interface PagerEvent {
  incidentId: number;
  action: 'trigger' | 'acknowledge' | 'resolve';
  key: string;
  label: string;
  title: string;
  severity: string;
  summary: string;
}

export const publicStatuses = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type PublicStatus = (typeof publicStatuses)[number];

export const componentStatuses = [
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
] as const;
export type ComponentStatus = (typeof componentStatuses)[number];
