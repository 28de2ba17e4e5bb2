import { useSlice } from '../../state/stream.ts';
import styles from './mention.module.css';

export function PersonMention({ id }: { id: string }) {
  const person = useSlice('people')?.find((one) => one.id === id);
  return <span className={styles.mention}>@{person?.real_name ?? id}</span>;
}

export function ChannelMention({ id }: { id: string }) {
  const channel = useSlice('channels')?.find((one) => one.id === id);
  return <span className={styles.mention}>#{channel?.name ?? id}</span>;
}

export function GroupMention({ name }: { name: string }) {
  return <span className={styles.mention}>@{name}</span>;
}

/** It rings everybody's phone: never to be overlooked. */
export function LoudMention({ range }: { range: string }) {
  return <span className={`${styles.mention} ${styles.loud}`}>@{range}</span>;
}
