import styles from './region-figure.module.css';

/** Something was broken here on purpose. */
export function Bolt({ x, y, faults }: { x: number; y: number; faults: readonly string[] }) {
  if (faults.length === 0) return null;
  return (
    <g className={styles.bolt} transform={`translate(${x} ${y})`}>
      <title>{`Broken on purpose: ${faults.join(', ')}`}</title>
      <circle r="8" />
      <path d="M 1.5 -5.5 L -3 1 H -0.5 L -1.5 5.5 L 3 -1 H 0.5 Z" />
    </g>
  );
}
