import { useState } from 'react';
import hidden from '../frame/hidden.module.css';
import styles from './terminal.module.css';

/** Copies a line; where the browser does not let it, says so. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState<'' | 'Copied' | 'Not copied'>('');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('Not copied'),
    );
  };
  return (
    <button type="button" className={styles.copy} onClick={copy} onBlur={() => setSaid('')}>
      <span aria-live="polite">{said === '' ? 'Copy' : said}</span>
      <span className={hidden.hidden}>: {what}</span>
    </button>
  );
}
