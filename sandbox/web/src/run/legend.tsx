import styles from './legend.module.css';
import { type Look, words } from './looks.ts';
import rowStyles from './row.module.css';

/** In this order, where they occur; the first ones always stand there. */
const order: readonly Look[] = [
  'done',
  'unchanged',
  'running',
  'person',
  'approved',
  'failed',
  'unknown',
  'drifted',
  'deferred',
  'lapsed',
];
const always: readonly Look[] = ['done', 'running', 'person'];

/** What the colours, fillings and marks stand for. */
export function Legend({ looks }: { looks: ReadonlySet<Look> }) {
  return (
    <ul className={styles.legend} aria-label="Legend">
      <li>
        <span className={`${styles.sample} ${rowStyles.outline}`} aria-hidden="true" />
        {words.waiting}
      </li>
      {order
        .filter((look) => always.includes(look) || looks.has(look))
        .map((look) => (
          <li key={look}>
            <span className={`${styles.sample} ${rowStyles.bar}`} data-look={look} aria-hidden="true" />
            {words[look]}
          </li>
        ))}
      <li>
        <span className={styles.critical} aria-hidden="true" />
        critical path
      </li>
      <li>
        <span className={styles.flag} aria-hidden="true">
          ⚑
        </span>
        cannot be taken back
      </li>
    </ul>
  );
}
