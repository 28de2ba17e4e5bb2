import { setTimeout as wait } from 'node:timers/promises';
import { type PlayOptions, playFailover } from './failover.ts';
import type { Stage } from './stage.ts';

/** What `--play` takes. */
export const plays = ['failover'] as const;
export type Play = (typeof plays)[number];

/** What the page is told of what is played by itself. */
export type PlayState = 'under-way' | 'over';

const performers: Record<Play, (stage: Stage, options: PlayOptions) => Promise<void>> = { failover: playFailover };

/** Real milliseconds: whoever opens the page at the printed address is to see the beginning. */
const beginMs = 4_000;

export interface Listener extends Pick<PlayOptions, 'tell' | 'page'> {
  /** Once, whether it was played to its end or stopped short; not when it was stopped from outside. */
  over(): void;
}

/** Plays beside the page. What stops the play is told, and the sandbox goes on without it. */
export function startPlay(play: Play, stage: Stage, { tell, page, over }: Listener): { stop(): Promise<void> } {
  const aborter = new AbortController();
  const { signal } = aborter;
  const perform = async (): Promise<void> => {
    await wait(beginMs, undefined, { signal });
    await performers[play](stage, { tell, page, signal });
  };
  const ended = perform().catch((error: unknown) => {
    if (!signal.aborted) tell(error instanceof Error ? error.message : String(error));
  });
  void ended.then(() => {
    if (!signal.aborted) over();
  });
  return { stop: async () => aborter.abort() };
}
