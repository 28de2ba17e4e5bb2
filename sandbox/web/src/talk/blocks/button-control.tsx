import { useLayoutEffect, useRef, useState } from 'react';
import { ask } from '../modal/ask.ts';
import { focusBack } from '../state/focus-back.ts';
import { Plain } from '../text/text.tsx';
import type { ControlOf } from '../types.ts';
import styles from './button.module.css';
import { useSurface } from './surface.ts';

export function ButtonControl({ element, blockId }: { element: ControlOf<'button'>; blockId: string }) {
  const surface = useSurface();
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // A message's change takes its buttons away: whoever pressed one by the keyboard goes on from the line.
  useLayoutEffect(() => {
    const shown = button.current;
    return () => {
      if (document.activeElement === shown) focusBack();
    };
  }, []);
  const press = async () => {
    if (busy) return;
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
      ref={button}
      type="button"
      className={look}
      aria-label={element.accessibility_label}
      aria-busy={busy}
      aria-disabled={busy}
      onClick={() => void press()}
    >
      <Plain text={element.text.text} />
    </button>
  );
}
