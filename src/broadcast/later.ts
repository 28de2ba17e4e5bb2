/** The instant `ms` milliseconds after another, or before it. */
export function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}

/** The first of these instants; null where there is none. */
export function earliest(instants: readonly (Date | null)[]): Date | null {
  const times = instants.flatMap((at) => at?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.min(...times));
}
