import { Refusal } from '../../domain/errors.ts';
import type { Edge } from '../edge.ts';
import { ackQuietly } from './ack.ts';
import { tell } from './tell.ts';
import { TakenBefore, type Turn } from './turn.ts';

export const brokenSentence =
  'Muster could not finish this, and cannot say how far it came. /dr status shows what is true now; the log has the reason.';

/**
 * Does the work of one turn, for a full member of the workspace. Whatever goes wrong, the person who asked hears of it in
 * one sentence. `ack` is of a request that only the work acknowledges.
 */
export async function carry(
  edge: Edge,
  turn: Turn,
  work: () => Promise<void>,
  ack?: () => Promise<void>,
): Promise<void> {
  return edge.inflight.track(attempt(edge, turn, () => admitted(edge, turn, work, ack)));
}

async function admitted(
  edge: Edge,
  turn: Turn,
  work: () => Promise<void>,
  ack: (() => Promise<void>) | undefined,
): Promise<void> {
  try {
    await edge.standings.admit(turn.user);
  } catch (error) {
    if (ack !== undefined) await ackQuietly(edge, ack);
    throw error;
  }
  return work();
}

async function attempt(edge: Edge, turn: Turn, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const sentence = sentenceOf(edge, error);
    if (sentence !== null) await tell(edge, turn, sentence);
  }
}

/** The sentence for a person; null when a request came twice, for the first one has been answered. */
export function sentenceOf(edge: Edge, error: unknown): string | null {
  if (error instanceof TakenBefore) return null;
  if (error instanceof Refusal) return error.message;
  edge.log.error({ error: error instanceof Error ? error.stack : typeof error }, 'A turn in Slack failed.');
  return brokenSentence;
}
