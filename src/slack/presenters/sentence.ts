import type { Home } from '../../domain/home.ts';
import type { Notice } from '../../domain/notice.ts';
import { encode } from '../values.ts';
import { actions, type Block, button, section, wholeText } from './blocks.ts';
import { defused, saidLines } from './escape.ts';
import { message, messages, type Words } from './message.ts';
import { ping } from './people.ts';

type Sentence = Omit<Extract<Notice, { kind: 'sentence' }>, 'kind'>;

/** Words whose values were escaped when they were made, and the people who are pinged by them; long ones in parts. */
export function presentSentence(notice: Sentence, home: Home, simulated: boolean): [Words, ...Words[]] {
  const words = worded(notice, home);
  return messages(words, [...wholeText(words), ...answerOf(notice)], simulated);
}

/** The words with those whom they ping in front. */
export function worded({ text, mention }: Pick<Sentence, 'text' | 'mention'>, home: Home): string {
  const pinged = [...new Set(mention)].map((who) => ping(home, who)).filter((each) => each !== null);
  return [...pinged, defused(text)].join(' ');
}

function answerOf({ button: ask }: Sentence): Block[] {
  if (ask === undefined) return [];
  const { action, ...about } = ask;
  return actions(`${action}:${about.incidentId}`, [
    button('I have posted it', action, encode(about), { style: 'primary' }),
  ]);
}

/** A refusal, or another answer to one person. */
export function presentAnswer(text: string, simulated: boolean): Words {
  const words = saidLines(text);
  return message(words, [section(words)], simulated);
}
