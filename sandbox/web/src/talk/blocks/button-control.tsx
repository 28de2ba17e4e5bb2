import { useState } from 'react';
import { ask } from '../modal/ask.ts';
import { Plain } from '../text/text.tsx';
import type { ControlOf } from '../types.ts';
import styles from './button.module.css';
import { useSurface } from './surface.ts';

export function ButtonControl({ element, blockId }: { element: ControlOf<'button'>; blockId: string }) {
  const surface = useSurface();
  const [busy, setBusy] = useState(false);
  const press = async () => {
    if (element.confirm && !(await ask(element.confirm))) return;
    if (element.url) window.open(element.url, '_blank', 'noopener');
    setBusy(true);
    const value = element.value === undefined ? {} : { value: element.value };
    await surface.use('click', { actionId: element.action_id ?? '', blockId, ...value });
    setBusy(false);
  };
  const look = element.style === undefined ? styles.button : `${styles.button} ${styles[element.style]}`;
  return (
    <button
      type="button"
      className={look}
      aria-label={element.accessibility_label}
      aria-busy={busy}
      disabled={busy}
      onClick={() => void press()}
    >
      <Plain text={element.text.text} />
    </button>
  );
}
