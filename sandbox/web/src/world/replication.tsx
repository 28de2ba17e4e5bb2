import { sayDuration } from '../frame/times.ts';
import type { Picture } from './layout.ts';
import { widthOf } from './letters.ts';
import styles from './replication.module.css';

/** The ends of such lines: of one that flows, and of one that is cut. */
export function ReplicationEnds() {
  return ['copied', 'uncopied'].map((id) => (
    <marker
      key={id}
      id={id}
      viewBox="0 0 8 8"
      refX="1"
      refY="4"
      markerWidth="8"
      markerHeight="8"
      orient="auto"
      markerUnits="userSpaceOnUse"
    >
      <path className={styles.head} data-flowing={id === 'copied'} d="M 0 0 L 8 4 L 0 8 Z" />
    </marker>
  ));
}

/** The line from a primary to what copies it, with how far that is behind; broken where nothing comes through. */
export function Replication({ link: { path, middle, flowing, lagSeconds } }: { link: Picture['links'][number] }) {
  const lag = lagSeconds === null ? '' : `${sayDuration(lagSeconds)} behind`;
  const text = flowing ? lag : lag === '' ? 'cut' : `cut, ${sayDuration(lagSeconds ?? 0)}`;
  const width = widthOf(text, 11) + 14;
  return (
    <g className={styles.link} data-flowing={flowing}>
      <path className={styles.line} d={path} markerEnd={`url(#${flowing ? 'copied' : 'uncopied'})`} />
      <g transform={`translate(${middle.x} ${middle.y})`}>
        <rect className={styles.chip} x={-width / 2} y="-10" width={width} height="20" rx="10" />
        <text className={styles.lag} y="4" textAnchor="middle">
          {text}
        </text>
      </g>
    </g>
  );
}
