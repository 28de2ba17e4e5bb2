import { botWords } from '../frame/bot-words.ts';
import { useSlice } from '../state/stream.ts';
import type { Send } from './send.ts';
import styles from './trouble.module.css';

/** The real process, for real: what it was doing goes on after its restart. */
export function KillMuster({ send }: { send: Send }) {
  const bot = useSlice('bot');
  if (!bot) return null;
  return (
    <section className={styles.group}>
      <h3>Muster itself</h3>
      <p className={styles.note}>
        {botWords(bot).words}
        {bot.pid === null ? '' : ` (process ${bot.pid})`}.
      </p>
      <button type="button" className={styles.kill} disabled={bot.pid === null} onClick={() => send('bot/kill')}>
        Kill Muster
      </button>
      <p className={styles.note}>
        Sends SIGKILL to the real process, at any moment. It is started again, and a run goes on where it was: nothing
        is done twice.
      </p>
    </section>
  );
}
