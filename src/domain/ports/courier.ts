import type { JsonObject } from '../json.ts';
import type { Outgoing } from '../notice.ts';

/** What became of an attempt to deliver. */
export type Delivery =
  | { state: 'sent'; receipt: JsonObject }
  /** The far end said no for good; `why` is a sentence for people. */
  | { state: 'refused'; why: string }
  /** Nothing was done, or nothing is known to have been done: try again after `afterMs`. */
  | { state: 'later'; why: string; afterMs: number };

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
