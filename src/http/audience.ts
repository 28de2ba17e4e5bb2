import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import type { JsonObject } from '../domain/json.ts';

/** What a proof of identity is good for: this system, this word and these arguments, and nothing else. */
export function audienceOf(system: string, word: string, args: JsonObject): string {
  const asked = createHash('sha256')
    .update(stringify([word, args]) ?? '')
    .digest('hex');
  return `muster/${system}/${asked}`;
}
