import prettyMilliseconds from 'pretty-ms';
import { sayUtc, wholeSecondsBetween } from '../../domain/say-instant.ts';

const longestQuote = 300;
const longestEntry = 3000;

/** `8m 40s`: whole seconds, two units at most. */
export function sayLasted(from: Date | null, until: Date | null): string {
  if (!from || !until) return '';
  const ms = Math.max(0, wholeSecondsBetween(from, until));
  return ms === 0 ? '0s' : prettyMilliseconds(ms, { unitCount: 2 });
}

/** `14:30 UTC`: what people were told of a due time. */
export function sayMinute(at: Date): string {
  return `${sayUtc(at).slice(11, 16)} UTC`;
}

/** A longer text within a sentence: on one line, and not all of it. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length <= longestQuote ? line : `${letters.slice(0, longestQuote - 1).join('')}…`;
}

/** With one full stop; what is quoted at its end keeps its own. */
export function sentence(text: string): string {
  const bare = text.replace(/[.\s]+$/, '');
  return /[.!?…]”$/.test(bare) ? bare : `${bare}.`;
}

/** `: why` where there is one. */
export function because(why: string | null): string {
  return why === null || why.trim() === '' ? '' : `: ${quote(why)}`;
}

/** What people wrote, as much of it as an entry holds. */
export function clipped(text: string): string {
  const letters = [...text.trim()];
  return letters.length <= longestEntry ? letters.join('') : `${letters.slice(0, longestEntry - 1).join('')}…`;
}
