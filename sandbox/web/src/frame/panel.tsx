import { type ReactNode, useId, useState } from 'react';
import hidden from './hidden.module.css';
import styles from './panel.module.css';
import { openPanel, usePanelOpen } from './panels.ts';

interface PanelProps {
  /** One per panel, and the same after a reload: what is open is remembered under it. */
  id: string;
  title: string;
  /** A word or a count that stays in sight when the panel is closed; marked as new when it changed while closed. */
  badge?: string | number | undefined;
  /** The badge says something bad. */
  alarm?: boolean;
  startOpen?: boolean;
  children: ReactNode;
}

/** A section at the right that opens and closes. What is closed is not drawn. */
export function Panel({ id, title, badge, alarm = false, startOpen = true, children }: PanelProps) {
  const open = usePanelOpen(id) ?? startOpen;
  const [seen, setSeen] = useState(badge);
  const body = useId();
  if (open && seen !== badge) setSeen(badge);
  return (
    <section className={styles.panel} aria-labelledby={`${body}-title`} data-panel={id}>
      <h2 className={styles.heading}>
        <button
          type="button"
          className={styles.button}
          aria-expanded={open}
          aria-controls={body}
          onClick={() => openPanel(id, !open)}
        >
          <span className={styles.arrow} aria-hidden="true" />
          <span id={`${body}-title`}>{title}</span>
          <Badge value={badge} isNew={!open && seen !== badge} alarm={alarm} />
        </button>
      </h2>
      <div id={body} className={styles.body} hidden={!open}>
        {open ? children : null}
      </div>
    </section>
  );
}

function Badge({ value, isNew, alarm }: { value: string | number | undefined; isNew: boolean; alarm: boolean }) {
  if (value === undefined || value === '') return null;
  return (
    <span className={styles.badge} data-new={isNew} data-alarm={alarm}>
      {value}
      {isNew ? <span className={hidden.hidden}> (new)</span> : null}
    </span>
  );
}
