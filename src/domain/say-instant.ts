/** Milliseconds between two instants as people read them: without the parts of a second, which `sayUtc` leaves out. */
export function wholeSecondsBetween(from: Date, until: Date): number {
  return (Math.floor(until.getTime() / 1000) - Math.floor(from.getTime() / 1000)) * 1000;
}

/** `2026-03-01 14:05:09 UTC`: an instant within a sentence that people read. */
export function sayUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
