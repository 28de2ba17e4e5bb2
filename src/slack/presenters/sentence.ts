import type { Home } from '../../domain/home.ts';
import { section } from './blocks.ts';
import { defused, saidLines } from './escape.ts';
import { message, type Words } from './message.ts';
import { ping } from './people.ts';

/** A sentence whose values were escaped when it was made, and the people who are pinged by it. */
export function presentSentence(text: string, mention: readonly string[], home: Home, simulated: boolean): Words {
  const pinged = [...new Set(mention)].map((who) => ping(home, who)).filter((each) => each !== null);
  const words = [...pinged, defused(text)].join(' ');
  return message(words, [section(words)], simulated);
}

/** A refusal, or another answer to one person. */
export function presentAnswer(text: string, simulated: boolean): Words {
  const words = saidLines(text);
  return message(words, [section(words)], simulated);
}
