import { choose } from '../../state/mine.ts';
import type { Channel } from '../../state/slices.ts';
import { useMessages } from '../state/messages.ts';
import { useSeen } from '../state/seen.ts';
import styles from './side.module.css';

interface ChannelRowProps {
  channel: Channel;
  me: string;
  isHere: boolean;
}

export function ChannelRow({ channel, me, isHere }: ChannelRowProps) {
  const last = useMessages(channel.id, me).at(-1)?.ts;
  const seen = useSeen(me, channel.id);
  const isMember = channel.members.includes(me);
  const unread = isMember && !isHere && last !== undefined && last !== seen;
  const look = [styles.row, unread && styles.unread, !isMember && styles.outside].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      className={look}
      aria-current={isHere ? 'true' : undefined}
      onClick={() => choose({ channel: channel.id, thread: null })}
    >
      <span className={styles.sign} aria-hidden="true">
        {channel.kind === 'direct' ? '◆' : '#'}
      </span>
      <span className={styles.name}>{channel.kind === 'direct' ? 'Muster' : channel.name}</span>
      {unread && <span className={styles.dot} role="img" aria-label="unread" />}
    </button>
  );
}
