/** `2026-03-01 14:05:09 UTC`: an instant within a sentence that people read. */
export function sayUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
