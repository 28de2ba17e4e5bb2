import { say } from './table.ts';

/** Says what was found and what is wanted of it; a miss is to be seen, not to be looked for. */
export function sayWanted(sentence: string, found: number, atMost: number, show: (value: number) => string): void {
  const verdict = Number.isFinite(found) && found <= atMost ? 'held' : 'MISSED';
  say(`${sentence}: ${show(found)}. Wanted: at most ${show(atMost)}: ${verdict}.`);
}

export function asRatio(value: number): string {
  return value.toFixed(2);
}
