import type { Channel } from '../../state/slices.ts';
import { useMessages } from '../state/messages.ts';
import { revealed } from '../state/reveal.ts';
import { Plain } from '../text/text.tsx';
import type { Message } from '../types.ts';
import styles from './channel-head.module.css';
import { shortTime } from './clock-time.ts';

interface PinListProps {
  channel: Channel;
  user: string;
  close(): void;
}

/** What is pinned in a channel; pressing one goes there. */
export function PinList({ channel, user, close }: PinListProps) {
  const messages = useMessages(channel.id, user);
  const pinned = messages.filter((message) => channel.pins.includes(message.ts));
  const show = (ts: string) => {
    close();
    revealed.set({ ts });
  };
  return (
    <ul className={styles.pins}>
      {pinned.map((message) => (
        <li key={message.ts}>
          <button type="button" className={styles.pin} onClick={() => show(message.ts)}>
            <Plain text={firstWords(message)} />
            <small>{shortTime(message.ts)}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}

function firstWords(message: Message): string {
  const header = message.blocks.find((block) => block.type === 'header');
  const text = header?.text.text ?? message.text.replaceAll('*', '').split('\n')[0] ?? '';
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
