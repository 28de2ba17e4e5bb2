import { useEffect, useState } from 'react';
import { paceRefused, setPace } from '../state/pace.ts';
import { useSlice } from '../state/stream.ts';
import styles from './clock-controls.module.css';
import hidden from './hidden.module.css';
import { clockTime, publicTime, zoneOf } from './times.ts';

const paces = [1, 10, 60, 300, 600];

/** The time that everything here goes by, and how fast it passes. */
export function ClockControls() {
  const clock = useSlice('clock');
  const refused = paceRefused.use();
  const scale = clock?.scale ?? 0;
  const [last, setLast] = useState(10);
  useEffect(() => {
    if (scale > 0) setLast(scale);
  }, [scale]);
  if (clock === undefined) return null;
  const shown = scale === 0 || paces.includes(scale) ? paces : [...paces, scale].sort((a, b) => a - b);
  return (
    <div className={styles.clock}>
      <time className={styles.time} dateTime={clock.now} title={`The simulated time: ${publicTime(clock.now)}`}>
        <span className={hidden.hidden}>Simulated time </span>
        {clockTime(clock.now)} <small className={styles.zone}>{zoneOf(clock.now)}</small>
      </time>
      <fieldset className={styles.paces}>
        <legend className={hidden.hidden}>How fast time passes</legend>
        <button
          type="button"
          className={styles.pause}
          aria-label={scale === 0 ? `Go on at ${last}×` : 'Pause time'}
          title={scale === 0 ? `Time stands still. Go on at ${last}×` : 'Pause time'}
          onClick={() => void setPace(scale === 0 ? last : 0)}
        >
          <span aria-hidden="true">{scale === 0 ? '▶' : '❚❚'}</span>
        </button>
        {shown.map((pace) => (
          <button
            key={pace}
            type="button"
            aria-pressed={pace === scale}
            title={`One second here is ${pace} s in the simulation`}
            onClick={() => void setPace(pace)}
          >
            {pace}×
          </button>
        ))}
      </fieldset>
      {refused === null ? null : <p role="alert">{refused}</p>}
    </div>
  );
}
