import type { State } from '../state.ts';

const usualAgeSeconds = 6 * 3_600;

/** How old what waits for a stopped function has become, and what of it was thrown away in this minute. */
export function readFunctions(
  state: State,
  keyOf: (region: string, namespace: string, metric: string, dimensions: Record<string, string>) => string,
): [region: string, key: string, value: number][] {
  return state.lambda.functions.flatMap((fn) => {
    const key = (metric: string): string => keyOf(fn.region, 'AWS/Lambda', metric, { FunctionName: fn.name });
    const held = state.lambda.eventSources.filter((one) => one.region === fn.region && one.function === fn.name);
    const since = Math.min(...held.map(({ heldSince }) => heldSince ?? state.at));
    const mostAgeMs = 1_000 * (fn.eventAge ?? usualAgeSeconds);
    const waits = fn.stoppedAt === null ? 0 : state.at - fn.stoppedAt;
    const rows: [string, string, number][] = [
      [fn.region, key('AsyncEventAge'), fn.asyncPerMinute > 0 ? Math.min(waits, mostAgeMs) : 0],
      [fn.region, key('AsyncEventsDropped'), waits > mostAgeMs ? fn.asyncPerMinute : 0],
    ];
    return held.length === 0 ? rows : [...rows, [fn.region, key('IteratorAge'), state.at - since]];
  });
}
