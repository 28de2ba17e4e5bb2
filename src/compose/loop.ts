import { stopwatch } from '../clock/stopwatch.ts';

/** Repeats `work` every `everyMs` of real time until stopped; a failure is told and tried again. */
export function startLoop(
  everyMs: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await work().catch(onError);
      await stopwatch.sleep(everyMs, stopping.signal).catch(() => {});
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
