import type { Edge } from '../edge.ts';
import type { Turn } from './turn.ts';

interface Entry {
  /** Null, or a promise of it, where it was said outside every incident. */
  incidentId: number | null | Promise<number | null>;
  text: string;
}

/** What a person has just said or pressed, in the timeline. It is done and told: nobody is told that this failed. */
export async function enterTyped(edge: Edge, turn: Turn, { incidentId: found, text }: Entry): Promise<void> {
  try {
    const incidentId = await found;
    if (incidentId !== null) await edge.incidents.timeline.command({ incidentId, text }, turn.by);
  } catch (error) {
    edge.log.warn({ error: error instanceof Error ? error.message : typeof error }, 'A word was not entered.');
  }
}
