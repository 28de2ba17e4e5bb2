import type { BotState } from '../../../bot-process.ts';
import { clockTime, sayDuration } from './times.ts';

export type BotTone = 'good' | 'bad' | 'warn' | 'plain';

export interface BotWords {
  tone: BotTone;
  words: string;
}

/** How Muster itself is, in one line; undefined: this sandbox runs none. */
export function botWords(bot: BotState | undefined): BotWords {
  if (bot === undefined) return { tone: 'plain', words: 'Muster is not run by this sandbox' };
  const end = bot.lastEnd === 'SIGKILL' ? 'was killed' : `ended (${bot.lastEnd ?? 'no reason given'})`;
  const at = bot.endedAt === null ? '' : ` at ${clockTime(bot.endedAt)}`;
  switch (bot.state) {
    case 'up':
      if (bot.restarts === 0) return { tone: 'good', words: 'Muster is up' };
      return { tone: 'good', words: `Muster is back: it ${end}${at} and went on` };
    case 'starting':
      if (bot.restarts === 0) return { tone: 'warn', words: 'Muster is starting' };
      return { tone: 'warn', words: `Muster ${end}${at}, and is starting again` };
    case 'restarting':
      return { tone: 'bad', words: `Muster ${end}${at}, starts again in ${sayDuration((bot.againInMs ?? 0) / 1000)}` };
    case 'stopped':
      return { tone: 'bad', words: `Muster ${end} and is not started again: the terminal says why` };
  }
}
