import type { Clock } from '../../domain/ports/clock.ts';

/** Real milliseconds after which what was put off is due again; null when nothing was. */
export type Again = number | null;
export type Job = () => Promise<Again>;

export interface Pump {
  start(): void;
  /** Takes nothing more, and waits for what is under way. */
  stop(): Promise<void>;
  /** There may be something to take. */
  nudge(): void;
}

export interface PumpOptions {
  /** The machine’s own time, whatever a scaled clock shows. */
  real: Clock;
  /** Milliseconds between looks when nothing is to be done. */
  idleMs: number;
  /** How many jobs may be under way at once. */
  width: number;
  /** Claims one job, or null when there is none now. */
  take(): Promise<Job | null>;
  onError(error: unknown): void;
}

/** Takes jobs one after another and runs them side by side, until it is stopped. */
export function createPump(options: PumpOptions): Pump {
  const underWay = new Set<Promise<void>>();
  const ending = new AbortController();
  let idle = new AbortController();
  let loop: Promise<void> | null = null;

  const wake = (): void => idle.abort();
  const rest = async (): Promise<void> => {
    await options.real.sleep(options.idleMs, idle.signal).catch(() => {});
    if (idle.signal.aborted) idle = new AbortController();
  };
  const wakeAfter = (again: Again): void => {
    if (again !== null) void options.real.sleep(again, ending.signal).then(wake, () => {});
  };
  const launch = (job: Job): void => {
    const running = job()
      .then(wakeAfter)
      .catch(options.onError)
      .finally(() => {
        underWay.delete(running);
        wake();
      });
    underWay.add(running);
  };
  const turn = async (): Promise<boolean> => {
    if (underWay.size >= options.width) return false;
    const job = await options.take();
    if (job) launch(job);
    return job !== null;
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const busy = await turn().catch((error: unknown) => {
        options.onError(error);
        return false;
      });
      if (!busy && !ending.signal.aborted) await rest();
    }
    await Promise.all(underWay);
  };

  return {
    start: () => {
      loop ??= run();
    },
    stop: async () => {
      ending.abort();
      wake();
      await loop;
    },
    nudge: wake,
  };
}
