import { clockTime } from '../frame/times.ts';
import type { Broken } from './broken.ts';
import type { Send } from './send.ts';
import styles from './trouble.module.css';

/** What is broken now, each with its way back. */
export function BrokenList({ broken, send }: { broken: readonly Broken[]; send: Send }) {
  return (
    <div className={styles.broken} data-any={broken.length > 0} aria-live="polite">
      {broken.length === 0 ? (
        <p>Nothing is broken.</p>
      ) : (
        <ul aria-label="Broken now">
          {broken.map(({ key, words, since, mend }) => (
            <li key={key}>
              <span>
                {words}
                {since === null ? null : <small> since {clockTime(since)}</small>}
              </span>
              <button type="button" aria-label={`${mend.word}: ${words}`} onClick={() => send(mend.path, mend.body)}>
                {mend.word}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
