import hidden from '../frame/hidden.module.css';
import { Axis } from './axis.tsx';
import styles from './chart.module.css';
import type { Gantt } from './gantt.ts';
import { Row } from './row.tsx';

/** The rows over the lines of time; scrolls inside where there are many. */
export function Chart({ gantt, name }: { gantt: Gantt; name: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section className={styles.box} aria-label={name} tabIndex={0}>
      <div className={styles.sheet}>
        <div className={styles.lines} aria-hidden="true">
          {gantt.ticks.map(({ at, left }) => (
            <span key={at} className={styles.tick} style={{ left: `${left}%` }} />
          ))}
          {gantt.breaks.map((left) => (
            <span key={left} className={styles.break} style={{ left: `${left}%` }} />
          ))}
          {gantt.lines.map(({ kind, left }) => (
            <span key={kind} className={styles.line} data-kind={kind} style={{ left: `${left}%` }} />
          ))}
        </div>
        <table className={styles.table}>
          <caption className={hidden.hidden}>{name}</caption>
          <colgroup>
            <col className={styles.labels} />
            <col />
          </colgroup>
          <Axis ticks={gantt.ticks} lines={gantt.lines} />
          <tbody>
            {gantt.rows.map((row) => (
              <Row key={row.key} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
