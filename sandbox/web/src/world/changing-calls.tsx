import { clockTime } from '../frame/times.ts';
import styles from './changing-calls.module.css';
import type { World } from './facts.ts';

/** What was asked of the cloud that changes something; not what was only read. */
export function ChangingCalls({ effects }: { effects: World['effects'] }) {
  const newest = effects.toReversed();
  return (
    <div className={styles.calls}>
      <h3 className={styles.heading} id="changing-calls">
        Calls that changed something
      </h3>
      {newest.length === 0 ? <p className={styles.none}>None yet.</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <ol className={styles.list} aria-labelledby="changing-calls" tabIndex={0} hidden={newest.length === 0}>
        {newest.map((effect, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same call may stand twice at one instant
          <Call key={at} effect={effect} />
        ))}
      </ol>
    </div>
  );
}

function Call({ effect: { at, service, command, target, region, accepted } }: { effect: World['effects'][number] }) {
  return (
    <li className={styles.call} data-refused={!accepted}>
      <time dateTime={at}>{clockTime(at)}</time>
      <span className={styles.what}>
        <code>{`${service} ${command}`}</code>
        <span className={styles.target}>
          {target} in {region}
          {accepted ? '' : ': refused'}
        </span>
      </span>
    </li>
  );
}
