import { memo, useState } from 'react';
import { useSlice } from '../../state/stream.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceContext } from '../blocks/surface.ts';
import { NoticeList } from '../notice-list.tsx';
import { Avatar } from '../side/avatar.tsx';
import { Mrkdwn } from '../text/text.tsx';
import type { Message } from '../types.ts';
import { longTime, shortTime } from './clock-time.ts';
import { EditForm } from './edit-form.tsx';
import { FileCard } from './file-card.tsx';
import styles from './message.module.css';
import { MessageTools } from './message-tools.tsx';
import { Reactions } from './reactions.tsx';
import { type Replies, RepliesLine } from './replies-line.tsx';
import { useMessageSurface } from './use-message-surface.ts';

interface MessageRowProps {
  user: string;
  channel: string;
  message: Message;
  isPinned: boolean;
  /** Of its thread; absent where the thread itself is shown. */
  replies?: Replies;
}

/** One message. It is drawn again only when it changed, so that a long conversation costs nothing. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { user, channel, message, isPinned, replies } = props;
  const [editing, setEditing] = useState(false);
  const name = useAuthor(message);
  const look = [styles.message, message.only && styles.only, isPinned && styles.pinned].filter(Boolean).join(' ');
  const at = { user, channel, message };
  return (
    <article className={look} data-ts={message.ts} aria-label={`${name}, ${shortTime(message.ts)}`}>
      <Avatar id={message.user} name={name} isBot={message.bot_id !== undefined} />
      <div className={styles.body}>
        <Marks message={message} isPinned={isPinned} />
        <Byline name={name} message={message} />
        {editing ? <EditForm {...at} close={() => setEditing(false)} /> : <Said {...at} />}
        {message.files?.map((file) => (
          <FileCard key={file.id} file={file} />
        ))}
        <Reactions {...at} />
        {replies && <RepliesLine root={message.ts} replies={replies} />}
        <NoticeList user={user} place={{ channel, ts: message.ts }} />
      </div>
      {!editing && <MessageTools {...at} inThread={replies === undefined} edit={() => setEditing(true)} />}
    </article>
  );
});

function useAuthor({ user }: Message): string {
  const people = useSlice('people');
  if (user === 'USLACKBOT') return 'Slack';
  return people?.find((one) => one.id === user)?.real_name ?? user;
}

function Marks({ message, isPinned }: { message: Message; isPinned: boolean }) {
  return (
    <>
      {message.only !== null && <p className={styles.mark}>👁 Only visible to you</p>}
      {isPinned && <p className={styles.mark}>📌 Pinned</p>}
    </>
  );
}

function Byline({ name, message }: { name: string; message: Message }) {
  return (
    <p className={styles.by}>
      <strong>{name}</strong>
      {message.bot_id !== undefined && <span className={styles.badge}>APP</span>}
      <time dateTime={new Date(Number(message.ts) * 1000).toISOString()} title={longTime(message.ts)}>
        {shortTime(message.ts)}
      </time>
      {message.edited && <span className={styles.edited}>(edited)</span>}
    </p>
  );
}

function Said({ user, channel, message }: { user: string; channel: string; message: Message }) {
  const surface = useMessageSurface(user, channel, message);
  if (message.blocks.length === 0) {
    return message.text === '' ? null : (
      <div className={message.subtype && styles.system}>
        <Mrkdwn text={message.text} />
      </div>
    );
  }
  return (
    <SurfaceContext value={surface}>
      <Blocks blocks={message.blocks} />
    </SurfaceContext>
  );
}
