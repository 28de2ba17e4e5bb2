import { choose } from '../../state/mine.ts';
import { useSlice } from '../../state/stream.ts';
import { Menu } from '../menu.tsx';
import { Avatar } from '../side/avatar.tsx';
import { rolesOf } from '../side/roles-of.ts';
import styles from './speaker.module.css';

/** Who says it, where the list of people is out of sight; somebody else by a press. */
export function Speaker({ user }: { user: string }) {
  const people = (useSlice('people') ?? []).filter((one) => !one.is_bot);
  const me = people.find((one) => one.id === user);
  if (me === undefined) return null;
  const items = people.map((one) => ({
    key: one.id,
    text: (
      <>
        {one.real_name} <small>{one.id === user ? `(you) ${rolesOf(one)}` : rolesOf(one)}</small>
      </>
    ),
    pick: () => choose({ user: one.id, thread: null }),
  }));
  const sign = (
    <>
      <Avatar id={me.id} name={me.real_name} small />
      <span className={styles.name}>{me.real_name}</span>
    </>
  );
  return (
    <span className={styles.speaker}>
      <Menu
        label={`${me.real_name}, that is you; be somebody else`}
        sign={sign}
        items={items}
        className={styles.button}
      />
    </span>
  );
}
