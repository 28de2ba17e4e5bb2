import { aside } from '../state/aside.ts';
import type { Entered } from '../types.ts';
import styles from './input-block.module.css';

/** What somebody outside Slack has to say at this field, if anything. */
export function FieldAside({ block, put }: { block: string; put(value: Entered): void }) {
  const said = aside.use();
  if (said?.block !== block) return null;
  return (
    <p className={styles.aside}>
      {said.words}{' '}
      <button type="button" className={styles.offer} onClick={() => put(said.value)}>
        {said.offer}
      </button>
    </p>
  );
}
