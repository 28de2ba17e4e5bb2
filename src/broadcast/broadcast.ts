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
  publish(ask: { incidentId: number; body?: string }, by: Person): Promise<string>;
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
