import { type FarEndOffer, farEnds } from './far-ends.ts';
import type { Send } from './send.ts';
import { Switch } from './switch.tsx';
import styles from './trouble.module.css';
import type { FarEndFaults } from './types.ts';

export function FarEndTrouble({ faults, send }: { faults: FarEndFaults; send: Send }) {
  return (
    <section className={styles.group}>
      <h3>Around Muster</h3>
      {farEnds.map((end) => (
        <FarEndRow key={end.target} end={end} down={faults[end.target].down !== 'no'} send={send} />
      ))}
    </section>
  );
}

function FarEndRow({ end: { target, name, offers }, down, send }: { end: FarEndOffer; down: boolean; send: Send }) {
  const turn = () => send('trouble', { target, down: down ? 'no' : '503' });
  return (
    <>
      <Switch label={`${name} is down`} on={down} turn={turn} />
      {offers.length === 0 ? null : (
        <div className={styles.small}>
          {offers.map(({ label, body }) => (
            <button
              key={label}
              type="button"
              aria-label={`${name}: ${label}`}
              onClick={() => send('trouble', { target, ...body })}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
