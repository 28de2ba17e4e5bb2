import { memo } from 'react';
import hidden from '../frame/hidden.module.css';
import type { GanttRow } from './gantt.ts';
import { signs, words } from './looks.ts';
import styles from './row.module.css';

/** A line of the chart, and of the table that it is to those who listen. */
export const Row = memo(
  function Row({ row }: { row: GanttRow }) {
    return (
      <tr className={styles.row} data-look={row.look} data-row={row.key} title={row.more.join('\n')}>
        <th scope="row" className={row.critical ? `${styles.label} ${styles.critical}` : styles.label}>
          <span className={styles.labelled}>
            <span className={styles.sign} aria-hidden="true">
              {signs[row.look]}
            </span>
            <span className={styles.name}>{row.label}</span>
            {row.attempt > 1 ? (
              <span className={styles.again} aria-hidden="true">
                ×{row.attempt}
              </span>
            ) : null}
            {row.noReturn ? (
              <span className={styles.flag} aria-hidden="true">
                ⚑
              </span>
            ) : null}
          </span>
        </th>
        <td className={styles.track}>
          {row.outline ? <span className={styles.outline} style={placeOf(row.outline)} /> : null}
          {row.bars.map((bar, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what has gone by keeps its place
            <span key={index} className={styles.bar} data-look={bar.look} style={placeOf(bar)} />
          ))}
          <span className={styles.beside} data-side={row.beside.side} style={{ width: `${row.beside.room}%` }}>
            <span className={styles.says}>
              {row.look === 'waiting' ? <span className={hidden.hidden}>{words.waiting}, </span> : null}
              {row.says}
            </span>
          </span>
          <span className={hidden.hidden}>. {row.more.join('. ')}</span>
        </td>
      </tr>
    );
  },
  (before, after) => JSON.stringify(before.row) === JSON.stringify(after.row),
);

function placeOf({ left, width }: { left: number; width: number }) {
  return { left: `${left}%`, width: `${width}%` };
}
