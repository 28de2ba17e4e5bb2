import type { Home } from '../../domain/home.ts';
import { section } from './blocks.ts';
import { saidLines } from './escape.ts';
import { type Words, message } from './message.ts';
import { ping } from './people.ts';

/** A sentence, and the people who are pinged by it. */
export function presentSentence(text: string, mention: readonly string[], home: Home, simulated: boolean): Words {
  const pinged = [...new Set(mention)].map((who) => ping(home, who)).filter((each) => each !== null);
  const words = [...pinged, saidLines(text)].join(' ');
  return message(words, [section(words)], simulated);
}

/** A refusal, or another answer to one person. */
export function presentAnswer(text: string, simulated: boolean): Words {
  const words = saidLines(text);
  return message(words, [section(words)], simulated);
}
