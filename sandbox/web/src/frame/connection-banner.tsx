import { useConnected, useSlice } from '../state/stream.ts';
import styles from './connection-banner.module.css';

/** What is shown is old: said until the sandbox answers again, which the browser tries by itself. */
export function ConnectionBanner() {
  const connected = useConnected();
  const known = useSlice('system') !== undefined;
  const lost = known && !connected;
  return (
    <div role="alert">
      {lost ? (
        <p className={styles.banner}>
          The sandbox does not answer: what you see is what was last known. This page goes on by itself once{' '}
          <code>npm start</code> runs again.
        </p>
      ) : null}
    </div>
  );
}
