/** How a far end misbehaves now. */
export interface Faults {
  /** `503` answers that it is unavailable; `refused` closes every connection without a word. */
  down: 'no' | '503' | 'refused';
  /** Waits this many real milliseconds before it answers. */
  slowMs: number;
  /** The next answers are lost after their effect: this many, of calls whose name holds `of`. */
  lose: { times: number; of: string };
}

export function noFaults(): Faults {
  return { down: 'no', slowMs: 0, lose: { times: 0, of: '' } };
}

/** Counts one answer as lost when the fault says so. */
export function losesAnswer(faults: Faults, call: string): boolean {
  if (faults.lose.times <= 0 || !call.includes(faults.lose.of)) return false;
  faults.lose.times -= 1;
  return true;
}

export function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
