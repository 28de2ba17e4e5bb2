import type { Channel } from '../../state/slices.ts';
import { useSlice } from '../../state/stream.ts';
import { Popup } from '../popup.tsx';
import { Avatar } from '../side/avatar.tsx';
import { channelTitle } from '../state/here.ts';
import { Mrkdwn } from '../text/text.tsx';
import styles from './channel-head.module.css';
import { PinList } from './pin-list.tsx';

export function ChannelHead({ channel, user }: { channel: Channel; user: string }) {
  const { members, pins } = channel;
  return (
    <div className={styles.head}>
      <div className={styles.words}>
        <h2>{channelTitle(channel)}</h2>
        {channel.is_archived && <span className={styles.archived}>archived</span>}
        {channel.topic !== '' && (
          <div className={styles.topic}>
            <Mrkdwn text={channel.topic} />
          </div>
        )}
      </div>
      <div className={styles.facts}>
        {pins.length > 0 && (
          <Popup label={`${pins.length} pinned`} sign={<span>📌 {pins.length}</span>} className={styles.fact}>
            {(close) => <PinList channel={channel} user={user} close={close} />}
          </Popup>
        )}
        <Popup label={`${members.length} members`} sign={<span>👥 {members.length}</span>} className={styles.fact}>
          {() => <MemberList ids={members} />}
        </Popup>
      </div>
    </div>
  );
}

function MemberList({ ids }: { ids: readonly string[] }) {
  const people = useSlice('people') ?? [];
  return (
    <ul className={styles.members}>
      {people
        .filter((one) => ids.includes(one.id))
        .map((one) => (
          <li key={one.id}>
            <Avatar id={one.id} name={one.real_name} isBot={one.is_bot} small />
            {one.real_name}
            {one.is_bot && ' (app)'}
          </li>
        ))}
    </ul>
  );
}
