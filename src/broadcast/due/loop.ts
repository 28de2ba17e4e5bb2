import type { Clock } from '../../domain/ports/clock.ts';
import { earliest } from '../later.ts';

export interface WatchLoop {
  start(): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
  /** Something may be due now. */
  nudge(): void;
}

export interface WatchOptions {
  /** What is due is due by this clock. */
  clock: Clock;
  real: Clock;
  /** Each does what is due, and gives the next instant at which something will be. */
  watches: readonly (() => Promise<Date | null>)[];
  /** Real milliseconds that it sleeps at most: another process may have decided something. */
  longestMs: number;
  /** Real milliseconds between looks at what is due and could not be done. */
  idleMs: number;
  onError(error: unknown): void;
}

/** Looks when something is due, to the second also where time is scaled. One watch that fails holds up no other. */
export function createWatchLoop(options: WatchOptions): WatchLoop {
  let stopped = false;
  let idle = new AbortController();
  let loop: Promise<void> | null = null;

  const watch = async (): Promise<Date | null> =>
    earliest(await Promise.all(options.watches.map((one) => one().catch((error) => failed(options, error)))));
  const rest = async (next: Date | null): Promise<void> => {
    const signal = idle.signal;
    const rested = new AbortController();
    const either = AbortSignal.any([signal, rested.signal]);
    const left = next === null ? null : next.getTime() - options.clock.now().getTime();
    const sleeps = [options.real.sleep(left !== null && left <= 0 ? options.idleMs : options.longestMs, either)];
    if (left !== null && left > 0) sleeps.push(options.clock.sleep(left, either));
    await Promise.race(sleeps).catch(() => {});
    rested.abort();
    await Promise.allSettled(sleeps);
    if (signal.aborted) idle = new AbortController();
  };
  const run = async (): Promise<void> => {
    while (!stopped) {
      const next = await watch();
      if (!stopped) await rest(next);
    }
  };

  return {
    start: () => {
      loop ??= run();
    },
    stop: async () => {
      stopped = true;
      idle.abort();
      await loop;
    },
    nudge: () => idle.abort(),
  };
}

function failed(options: WatchOptions, error: unknown): null {
  options.onError(error);
  return null;
}
