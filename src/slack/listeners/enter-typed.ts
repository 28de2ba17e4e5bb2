import type { Edge } from '../edge.ts';
import type { Turn } from './turn.ts';

interface Entry {
  /** Null where it was said outside every incident. */
  where: () => Promise<number | null>;
  text: string;
}

/** What a person has just said or pressed, in the timeline. It is done and told: nobody is told that this failed. */
export async function enterTyped(edge: Edge, turn: Turn, { where, text }: Entry): Promise<void> {
  try {
    const incidentId = await where();
    if (incidentId !== null) await edge.incidents.timeline.command({ incidentId, text }, turn.by);
  } catch (error) {
    edge.log.warn({ error: error instanceof Error ? error.message : typeof error }, 'A word was not entered.');
  }
}
