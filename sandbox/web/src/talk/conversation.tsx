import { useEffect, useLayoutEffect } from 'react';
import { choose, useMine } from '../state/mine.ts';
import type { Channel } from '../state/slices.ts';
import buttons from './blocks/button.module.css';
import { Composer } from './compose/composer.tsx';
import styles from './conversation.module.css';
import { ChannelHead } from './messages/channel-head.tsx';
import { MessageList } from './messages/message-list.tsx';
import { ThreadPane } from './messages/thread-pane.tsx';
import { NoticeList } from './notice-list.tsx';
import { act } from './state/act.ts';
import { channelTitle, type Here, useHere } from './state/here.ts';
import { useMessages } from './state/messages.ts';
import { markSeen } from './state/seen.ts';

/** The channel that is looked at, its thread beside it, and the line to type in. */
export function Conversation() {
  const here = useHere();
  const to = here && { user: here.me.id, channel: here.channel.id };
  return (
    <div className={styles.talk}>
      {here ? <ChannelHead channel={here.channel} user={here.me.id} /> : <div className={styles.nothing} />}
      <div className={styles.columns}>
        <div className={styles.channel}>
          {here && <Said here={here} />}
          {!here && <div className={styles.nothing} />}
          <Composer to={to} placeholder="Message, or /dr help" closed={here && closedOf(here)} />
        </div>
        {here?.isMember && <Thread here={here} />}
      </div>
    </div>
  );
}

function Said({ here: { me, channel, isMember } }: { here: Here }) {
  const messages = useMessages(channel.id, me.id);
  const last = messages.at(-1)?.ts;
  // Before anybody else chooses for this tab: what is kept here is only where it began.
  useLayoutEffect(() => {
    choose({ user: me.id, channel: channel.id });
  }, [me.id, channel.id]);
  useEffect(() => {
    if (isMember && last !== undefined) markSeen(me.id, channel.id, last);
  }, [isMember, me.id, channel.id, last]);
  if (!isMember) return <NotJoined user={me.id} channel={channel} />;
  if (messages.length === 0) return <Empty />;
  const shown = { user: me.id, channel: channel.id, messages, pins: channel.pins };
  return <MessageList key={`${me.id}/${channel.id}`} {...shown} />;
}

function Thread({ here: { me, channel } }: { here: Here }) {
  const root = useMine().thread;
  const messages = useMessages(channel.id, me.id);
  if (root === null || !messages.some((message) => message.ts === root)) return null;
  return <ThreadPane key={root} user={me.id} channel={channel} messages={messages} root={root} />;
}

function Empty() {
  return (
    <p className={styles.empty}>
      Nothing here yet. Type <code>/dr help</code> below, or <code>/dr declare</code> to begin.
    </p>
  );
}

function NotJoined({ user, channel }: { user: string; channel: Channel }) {
  const place = { line: `${channel.id}/` };
  const join = () => act(user, place, 'join', { channel: channel.id });
  return (
    <div className={styles.empty}>
      <p>You are not in {channelTitle(channel)}.</p>
      <button type="button" className={buttons.button} onClick={() => void join()}>
        Join it
      </button>
      <NoticeList user={user} place={place} />
    </div>
  );
}

function closedOf({ channel, isMember }: Here): string | undefined {
  if (channel.is_archived) return 'This channel is archived.';
  return isMember ? undefined : 'Join the channel to say something.';
}
