import { muster } from '../../domain/identity.ts';
import type { Clock } from '../../domain/ports/clock.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { TimelineKind } from '../../domain/timeline.ts';
import { enterTimeline } from '../../store/timeline.ts';
import { sentence } from './say.ts';

/** Enters what happened to one incident, in the transaction in which it did. */
export interface Entering {
  tx: Tx;
  incidentId: number;
  now: Date;
}

export interface Happened {
  kind: TimelineKind;
  /** What names the event: it is entered once. */
  source: string;
  text: string;
  /** Muster itself, if absent. */
  who?: string;
  /** Now, if absent. */
  at?: Date;
}

export async function enter({ tx, incidentId, now }: Entering, happened: Happened): Promise<void> {
  const { kind, source, text, who = muster.name, at = now } = happened;
  await enterTimeline(tx, { incidentId, at, kind, who, text: sentence(text), source });
}

export function entering(tx: Tx, incidentId: number, clock: Clock): Entering {
  return { tx, incidentId, now: clock.now() };
}

/** Names an event that may happen again in the same words. */
export function each({ incidentId, now }: Entering, what: string): string {
  return `${what}:${incidentId}:${now.getTime()}`;
}
