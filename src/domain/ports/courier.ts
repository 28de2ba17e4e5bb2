import type { JsonObject } from '../json.ts';
import type { Outgoing } from '../notice.ts';

/** What became of an attempt to deliver. */
export type Delivery =
  | { state: 'sent'; receipt: JsonObject }
  /** The far end said no for good; `why` is a sentence for people. */
  | { state: 'refused'; why: string }
  /** Not known to have been done: try again after `afterMs`. `untouched` says that certainly nothing was done. */
  | { state: 'later'; why: string; afterMs: number; untouched?: boolean };

/** Carries one kind of outgoing row to its far end, and reads back before anything uncertain is repeated. */
export interface Courier {
  to: Outgoing['to'];
  /** `key` is the row's own unique name: put into message metadata so that it can be found again. */
  deliver(outgoing: Outgoing, key: string, uncertain: boolean): Promise<Delivery>;
}

/** Changes a live message to what is true now. */
export interface LivePainter {
  /** Returns what is now shown, so that an unchanged message is not sent again. */
  paint(message: LiveMessage): Promise<Delivery & { shown?: string }>;
}

export interface LiveMessage {
  key: string;
  channel: string;
  ts: string;
  notice: JsonObject;
  shown: string | null;
}

/** How an incident is found again on the status page. */
export interface KnownPage {
  /** Null until it was opened, and where a person has opened it by hand. */
  remoteId: string | null;
  byHand: boolean;
  name: string;
  origin: PageOrigin;
}

/** Put into the public incident's metadata. A store made anew has another id, and takes over nothing of an old one's. */
export interface PageOrigin {
  incident: string;
  store: string;
  /** When it was declared: a store that was put back to an earlier day may give its number again. */
  declared: string;
}
