import { Refusal } from '../../domain/errors.ts';
import type { Edge } from '../edge.ts';

/** Real milliseconds between one attempt and the next. */
const pauses = [500, 2_000, 8_000];

/** For what Slack tells once: a store that is away for a moment loses nothing of it. */
export async function insist<T>(edge: Edge, work: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      edge.log.warn({ error: error instanceof Error ? error.message : typeof error }, 'It is tried once more.');
      await edge.real.sleep(pause);
    }
  }
  return work();
}
