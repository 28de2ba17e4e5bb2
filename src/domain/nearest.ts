import { distance } from 'fastest-levenshtein';

/** The known word closest to what was typed, if it is close enough to be a slip of the fingers. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const [best] = known
    // Two words are at least as far apart as their lengths: what somebody pasted is compared with nothing.
    .filter((word) => Math.abs(word.length - typed.length) <= slip(word))
    .map((word) => ({ word, away: distance(typed.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  return best && best.away <= slip(best.word) ? best.word : undefined;
}

function slip(word: string): number {
  return Math.max(2, Math.floor(word.length / 3));
}

/** `: did you mean X?`, or the known words when nothing is near. */
export function suggestion(typed: string, known: readonly string[]): string {
  const word = nearest(typed, known);
  if (word) return `did you mean ${word}?`;
  return known.length > 0 ? `known: ${known.join(', ')}` : 'none is known here';
}

/** A suggestion that ends a sentence. */
export function advice(typed: string, known: readonly string[]): string {
  const hint = suggestion(typed, known);
  return hint.endsWith('?') ? hint : `${hint}.`;
}
