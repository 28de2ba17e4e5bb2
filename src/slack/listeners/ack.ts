import type { Edge } from '../edge.ts';

/** Acknowledges, however late: what was done stays done, and the log says that Slack had given up waiting. */
export async function ackQuietly(edge: Edge, ack: () => Promise<void>): Promise<void> {
  try {
    await ack();
  } catch (error) {
    edge.log.warn(
      { why: error instanceof Error ? error.message : typeof error },
      'Slack had stopped waiting for an answer.',
    );
  }
}
