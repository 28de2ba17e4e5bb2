import { Panel } from '../frame/panel.tsx';
import { clockTime } from '../frame/times.ts';
import { useSlice } from '../state/stream.ts';
import styles from './refused.module.css';

const shown = 8;

/** What the far ends said no to: in real Slack, or on the real status page, this would have failed the same way. */
export function RefusedPanel() {
  const refused = useSlice('refused') ?? [];
  if (refused.length === 0) return null;
  return (
    <Panel id="refused" title="Refused" badge={refused.length}>
      <p className={styles.lead}>What is refused here is refused in the real place too.</p>
      <ul className={styles.list} aria-live="polite">
        {refused.slice(0, shown).map(({ at, from, where, error, detail }) => (
          <li key={`${at} ${from} ${where} ${error}`}>
            <strong>
              {from}: {error}
            </strong>
            <small>
              {where} · {clockTime(at)}
            </small>
            {detail.map((line) => (
              <code key={line}>{line}</code>
            ))}
          </li>
        ))}
      </ul>
      {refused.length > shown ? <p className={styles.lead}>And {refused.length - shown} earlier.</p> : null}
    </Panel>
  );
}
