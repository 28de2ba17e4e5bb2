import { act } from '../state/act.ts';
import { Plain } from '../text/text.tsx';
import type { Message } from '../types.ts';
import styles from './message.module.css';

/** Emoji that people put on a message; pressing one puts it there too, or takes one's own off. */
export function Reactions({ user, channel, message }: { user: string; channel: string; message: Message }) {
  if (message.reactions.length === 0) return null;
  const { ts } = message;
  return (
    <p className={styles.reactions}>
      {message.reactions.map(({ name, users }) => {
        const mine = users.includes(user);
        return (
          <button
            key={name}
            type="button"
            className={styles.reaction}
            aria-pressed={mine}
            title={`:${name}:`}
            onClick={() => void act(user, { channel, ts }, mine ? 'unreact' : 'react', { channel, ts, name })}
          >
            <Plain text={`:${name}:`} /> {users.length}
          </button>
        );
      })}
    </p>
  );
}
