import { type ReactNode, useId, useState } from 'react';
import styles from './letter.module.css';

/** One thing that arrived: its first line, and all of it when it is opened. */
export function Letter({ title, below, children }: { title: string; below: ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const body = useId();
  return (
    <li className={styles.letter}>
      <button
        type="button"
        className={styles.opener}
        aria-expanded={open}
        aria-controls={body}
        onClick={() => setOpen(!open)}
      >
        <strong>{title}</strong>
        <small>{below}</small>
      </button>
      <div id={body} className={styles.opened} hidden={!open}>
        {open ? children : null}
      </div>
    </li>
  );
}
