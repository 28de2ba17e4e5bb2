/** A change of count or deployment on its way, from `from` to `to` tasks. */
export interface Ramp {
  from: number;
  to: number;
  since: number;
  deployment: string | undefined;
}

export interface EcsTiming {
  ecsRampMs: number;
  /** How long a task that is told to stop is STOPPING, no longer counted as running. */
  taskStoppingMs: number;
  tasks: 'start' | 'never-start';
}

/** How many tasks ran, or run, at an instant in milliseconds since 1970. */
export function runningAt(ramp: Ramp, timing: EcsTiming, at: number): number {
  if (timing.tasks === 'never-start') return Math.min(ramp.from, ramp.to);
  const share = Math.min(1, Math.max(0, at - ramp.since) / Math.max(1, timing.ecsRampMs));
  return ramp.from + Math.trunc((ramp.to - ramp.from) * share);
}
