import type { Audience, Rule } from '../domain/audience.ts';
import type { Phase } from '../domain/incident.ts';
import type { ComponentStatus, PublicStatus } from '../domain/notice.ts';
import type { Person } from '../domain/person.ts';

/** Words that go out. */
export interface Broadcast {
  /** Starts the delivery loops; they run until `stop`. */
  start(): void;
  stop(): Promise<void>;
  /** Something is due now: do not wait for the next look. */
  nudge(): void;
  /** The public text for this incident as it would be posted now. */
  draft(incidentId: number): Promise<PublicDraft>;
  /** A publisher's click: opens the public incident, or hands over the text to copy where there is no key. */
  publish(ask: { incidentId: number; body?: string; notify?: boolean }, by: Person): Promise<string>;
  updates: Updates;
  /** Somebody has it: nobody else is called. */
  ack(ask: { incidentId: number }, by: Person): Promise<string>;
  /** A person has read what was to be read: a post-mortem, or why a glass was broken. */
  review(ask: { reviewId: string }, by: Person): Promise<string>;
}

/** What an incident's audiences are told at intervals. Each throws `Refusal` when nothing was done. */
export interface Updates {
  /** What the editor of this person begins with. */
  form(incidentId: number, by: Person): Promise<UpdateForm>;
  /** What each audience would read from this person, word for word. */
  preview(ask: UpdateAsk, by: Person): Promise<Previewed>;
  /**
   * Sends a person's words; customers and the public are a publisher's to tell. Answers in one sentence. Where things no
   * longer stand as they were `seen`, nothing is sent: a `Refusal` of the field `seen` says what has changed.
   */
  send(ask: UpdateAsk & { requestKey: string; seen?: Standing }, by: Person): Promise<string>;
  /** Sends the draft as it stands, to those of its audiences that this person may tell. */
  sendDraft(ask: { incidentId: number; round: number }, by: Person): Promise<string>;
  /** Holds back, once, what is due next; `forMs` is ten minutes unless given. */
  snooze(ask: { incidentId: number; forMs?: number }, by: Person): Promise<string>;
  /** A publisher has copied the public words to the page by hand. */
  posted(ask: { incidentId: number; broadcastId?: string }, by: Person): Promise<string>;
  draft(incidentId: number, round: number): Promise<DraftView>;
}

export interface UpdateAsk {
  incidentId: number;
  audiences: Audience[];
  /** For responders and stakeholders; may be empty when neither is told. */
  inside: string;
  /** For customers and the public; may be empty when neither is told. */
  outside: string;
  /** What the status page is to show; needed when the public is told. */
  page: { status: PublicStatus; notify: boolean; components: Record<string, ComponentStatus> } | null;
}

export interface UpdateForm {
  incidentId: number;
  label: string;
  timezone: string;
  now: Date;
  /** Only those that are reached; `mayTell` is whether the person who asked may tell them. */
  audiences: {
    audience: Audience;
    rule: Rule;
    dueAt: Date | null;
    promised: Date | null;
    due: boolean;
    mayTell: boolean;
  }[];
  inside: string;
  outside: string;
  /** Null when muster.yml names no page. */
  page: {
    status: PublicStatus;
    /** This incident's components as the page shows them, by id; the name is its service's. */
    components: Record<string, { service: string; status: ComponentStatus }>;
    canPost: boolean;
    /** False while nothing was published: the first words open the public incident. */
    open: boolean;
  } | null;
}

export interface Previewed {
  previews: Preview[];
  standing: Standing;
}

/** How things stood when words were previewed; what moves by itself, as times do, is not in it. */
export interface Standing {
  phase: Phase;
  /** Null while nothing is on the page. */
  page: PublicStatus | null;
  /** The newest run and its state, for people. */
  run: string | null;
  /** Of all else that they would read, and that Muster proposes: a digest. */
  words: string;
}

/** `mrkdwn` for Slack, plain text elsewhere. */
export interface Preview {
  audience: Audience;
  /** `#stakeholders`, `mail to 3 addresses`, `page page01`. */
  to: string[];
  text: string;
}

export interface DraftView {
  incidentId: number;
  label: string;
  /** Whom it is shown to first, by name or Slack id: the message pings them. */
  commander: string;
  round: number;
  /** `superseded`: a newer draft took its place; `lapsed`: nobody is owed it any more; `closed`: the incident was closed. */
  state: 'waiting' | 'sent' | 'snoozed' | 'superseded' | 'lapsed' | 'closed';
  endedBy: string | null;
  /** Once it has ended: those of its audiences that were told since it was shown. */
  told: Audience[];
  dueAt: Date;
  now: Date;
  timezone: string;
  /** Whether it may be held back once more. */
  canSnooze: boolean;
  previews: (Preview & { rule: Rule; dueAt: Date | null })[];
  simulated: boolean;
}

export interface PublicDraft {
  name: string;
  body: string;
  /** Component ids of this incident's services only. */
  components: string[];
  /** False without a key: the text is to be copied by hand. */
  canPost: boolean;
  page: string | null;
}
