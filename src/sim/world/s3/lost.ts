import type { State } from '../state.ts';

/** A bucket that is lost goes with all it holds, and does not come back when the fault is cleared. */
export function settleBuckets(state: State): void {
  for (const { id, fault } of state.faults) {
    if (fault.kind !== 'bucket-lost' || state.bucketsStruck.includes(id)) continue;
    state.bucketsStruck.push(id);
    state.buckets = state.buckets.filter(({ name }) => name !== fault.bucket);
  }
}
