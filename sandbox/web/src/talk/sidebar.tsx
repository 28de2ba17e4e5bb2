import type { Channel } from '../state/slices.ts';
import { useSlice } from '../state/stream.ts';
import { ChannelRow } from './side/channel-row.tsx';
import { PeopleList } from './side/people-list.tsx';
import styles from './side/side.module.css';
import { isVisible, useHere } from './state/here.ts';

/** Who you are, and what that person finds in Slack. */
export function Sidebar() {
  const here = useHere();
  const people = (useSlice('people') ?? []).filter((one) => !one.is_bot);
  const channels = useSlice('channels') ?? [];
  const me = here?.me.id;
  const seen = me === undefined ? [] : channels.filter((one) => isVisible(one, me) && !one.is_archived);
  const rows = (kept: Channel[]) =>
    kept.map((one) => ({ channel: one, me: me ?? '', isHere: one.id === here?.channel.id }));
  return (
    <div className={styles.side}>
      <h2>You are</h2>
      <PeopleList people={people} me={me} />
      <h2>Channels</h2>
      <List label="Channels" rows={rows(seen.filter((one) => one.kind !== 'direct'))} />
      <h2>Direct messages</h2>
      <List label="Direct messages" rows={rows(seen.filter((one) => one.kind === 'direct'))} />
    </div>
  );
}

function List({ label, rows }: { label: string; rows: { channel: Channel; me: string; isHere: boolean }[] }) {
  if (rows.length === 0) return <p className={styles.none}>None yet.</p>;
  return (
    <ul className={styles.list} aria-label={label}>
      {rows.map((row) => (
        <li key={row.channel.id}>
          <ChannelRow {...row} />
        </li>
      ))}
    </ul>
  );
}
