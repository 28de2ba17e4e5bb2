import type { ReactNode } from 'react';
import { isReply } from '../state/messages.ts';
import type { Message } from '../types.ts';
import { dayOf, isOtherDay } from './clock-time.ts';
import styles from './list.module.css';
import { MessageRow } from './message-row.tsx';
import { useFollow } from './use-follow.ts';
import { useReplies } from './use-replies.ts';
import { useReveal } from './use-reveal.ts';
import { useWindow } from './use-window.ts';

interface MessageListProps {
  user: string;
  channel: string;
  /** All of the channel's that this person sees, replies among them. */
  messages: readonly Message[];
  pins: readonly string[];
}

/** A channel's messages, without replies. Another conversation is another list: give it a key. */
export function MessageList({ user, channel, messages, pins }: MessageListProps) {
  const replies = useReplies(messages);
  const roots = messages.filter((message) => !isReply(message));
  const { place, below, goToEnd, look } = useFollow(roots.at(-1)?.ts, roots.findLast(({ only }) => only !== null)?.ts);
  const { drawn, earlier, drawEarlier, drawAll } = useWindow(place, roots);
  useReveal(place, earlier > 0 ? drawAll : undefined);
  return (
    <div className={styles.frame}>
      <div
        ref={place}
        className={styles.list}
        role="log"
        aria-label="Messages"
        aria-relevant="additions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too.
        tabIndex={0}
        onScroll={look}
      >
        {earlier > 0 && (
          <button type="button" className={styles.earlier} onClick={drawEarlier}>
            Show earlier messages ({earlier})
          </button>
        )}
        {drawn.map((message, at) => (
          <Dated key={message.ts} message={message} before={drawn[at - 1]}>
            <MessageRow
              user={user}
              channel={channel}
              message={message}
              isPinned={pins.includes(message.ts)}
              replies={replies[message.ts] ?? noReplies}
            />
          </Dated>
        ))}
      </div>
      {below && (
        <button type="button" className={styles.below} onClick={goToEnd}>
          New messages below ↓
        </button>
      )}
    </div>
  );
}

const noReplies = { count: 0, last: null };

/** With a line above it where a day begins. */
function Dated({ message, before, children }: { message: Message; before: Message | undefined; children: ReactNode }) {
  const begins = before === undefined || isOtherDay(before.ts, message.ts);
  return (
    <>
      {begins && (
        <p className={styles.day}>
          <span>{dayOf(message.ts)}</span>
        </p>
      )}
      {children}
    </>
  );
}
