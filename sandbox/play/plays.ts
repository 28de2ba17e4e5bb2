import { setTimeout as wait } from 'node:timers/promises';
import { type PlayOptions, playFailover } from './failover.ts';
import type { Stage } from './stage.ts';

/** What `--play` takes. */
export const plays = ['failover'] as const;
export type Play = (typeof plays)[number];

const performers: Record<Play, (stage: Stage, options: PlayOptions) => Promise<void>> = { failover: playFailover };

/** Real milliseconds: whoever opens the page at the printed address is to see the beginning. */
const beginMs = 4_000;

/** Plays beside the page. What stops the play is told, and the sandbox goes on without it. */
export function startPlay(play: Play, stage: Stage, tell: (line: string) => void): { stop(): Promise<void> } {
  const aborter = new AbortController();
  const { signal } = aborter;
  const perform = async (): Promise<void> => {
    await wait(beginMs, undefined, { signal });
    await performers[play](stage, { tell, signal });
  };
  perform().catch((error: unknown) => {
    if (!signal.aborted) tell(error instanceof Error ? error.message : String(error));
  });
  return { stop: async () => aborter.abort() };
}
