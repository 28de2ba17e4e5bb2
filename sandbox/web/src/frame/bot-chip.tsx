import { useConnected, useSlice } from '../state/stream.ts';
import { botWords } from './bot-words.ts';
import styles from './header.module.css';

/** How Muster itself is; said aloud when it changes. */
export function BotChip() {
  const bot = useSlice('bot');
  const isTold = useSlice('system') !== undefined;
  // What was last told may be over.
  const known = useConnected() && isTold;
  const { tone, words } = botWords(bot);
  return (
    <p className={styles.bot} data-tone={known ? tone : 'plain'} role="status" title={known ? words : undefined}>
      {known ? words : 'Connecting…'}
    </p>
  );
}
