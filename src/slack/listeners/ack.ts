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

/** Slack does not send a click again: it hears of it only when what was asked has been committed or refused. */
export async function commitThenAck<T>(edge: Edge, ack: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await ackQuietly(edge, ack);
  }
}
