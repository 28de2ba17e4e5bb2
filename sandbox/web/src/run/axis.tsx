import styles from './axis.module.css';
import type { Gantt, Line } from './gantt.ts';

/** Minutes since the impact, the time of day, and what the lines are. */
export function Axis({ ticks, lines }: Pick<Gantt, 'ticks' | 'lines'>) {
  const lanes = Math.max(0, ...lines.map(({ lane }) => lane + 1));
  return (
    <thead>
      <tr className={styles.axis}>
        <th scope="col" className={styles.corner}>
          <span className={styles.names}>
            <span>{lines.some(({ kind }) => kind === 'impact') ? 'min from impact' : 'min from opening'}</span>
            <span>time of day</span>
          </span>
        </th>
        <th
          scope="col"
          aria-label="How it went, over time"
          className={styles.scale}
          style={{ height: `${36 + lanes * 15}px` }}
        >
          {ticks.map(({ left, minutes, at }) => (
            <span key={at} className={styles.tick} style={{ left: `${left}%` }}>
              <span>{sayMinutes(minutes)}</span>
              <span>{sayTime(at)}</span>
            </span>
          ))}
          {lines.map((line) => (
            <LineLabel key={line.kind} line={line} />
          ))}
        </th>
      </tr>
    </thead>
  );
}

function LineLabel({ line }: { line: Line }) {
  const place = { left: `${line.left}%`, top: `${36 + line.lane * 15}px` };
  return (
    <span className={styles.name} data-kind={line.kind} data-edge={line.edge} style={place} title={sayTime(line.at)}>
      {line.label}
    </span>
  );
}

/** `5`, `1:30`, `3 h`. */
function sayMinutes(minutes: number): string {
  if (minutes >= 120 && minutes % 60 === 0) return `${minutes / 60} h`;
  if (Number.isInteger(minutes)) return String(minutes);
  const seconds = Math.round(Math.abs(minutes) * 60);
  return `${minutes < 0 ? '-' : ''}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function sayTime(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
