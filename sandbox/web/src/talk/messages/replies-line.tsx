import { choose } from '../../state/mine.ts';
import { shortTime } from './clock-time.ts';
import styles from './message.module.css';

export interface Replies {
  count: number;
  last: string | null;
}

export function RepliesLine({ root, replies }: { root: string; replies: Replies }) {
  if (replies.count === 0) return null;
  return (
    <button type="button" className={styles.replies} onClick={() => choose({ thread: root })}>
      {replies.count === 1 ? '1 reply' : `${replies.count} replies`}
      {replies.last !== null && <small>last at {shortTime(replies.last)}</small>}
    </button>
  );
}
