import type { Edge } from '../edge.ts';
import type { Turn } from './turn.ts';

/** What a person has just said or pressed, in the timeline. It is done and told: nobody is told that this failed. */
export async function enterTyped(edge: Edge, turn: Turn, ask: { incidentId: number; text: string }): Promise<void> {
  try {
    await edge.incidents.timeline.command(ask, turn.by);
  } catch (error) {
    edge.log.warn({ error: error instanceof Error ? error.message : typeof error }, 'A word was not entered.');
  }
}
