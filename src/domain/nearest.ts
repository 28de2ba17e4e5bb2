import { distance } from 'fastest-levenshtein';

/** The known word closest to what was typed, if it is close enough to be a slip of the fingers. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((word) => ({ word, away: distance(typed.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  return best && best.away <= Math.max(2, Math.floor(best.word.length / 3)) ? best.word : undefined;
}

/** `: did you mean X?`, or the known words when nothing is near. */
export function suggestion(typed: string, known: readonly string[]): string {
  const word = nearest(typed, known);
  if (word) return `did you mean ${word}?`;
  return known.length > 0 ? `known: ${known.join(', ')}` : 'none is known here';
}
