import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { focusBack } from '../state/focus-back.ts';
import styles from './dialog.module.css';

interface DialogProps {
  /** Id of its title. */
  labelledBy: string;
  small?: boolean;
  onCancel(): void;
  children: ReactNode;
}

/** Above the page, which rests meanwhile: the browser keeps the focus in here, and gives it back afterwards. */
export function Dialog({ labelledBy, small = false, onCancel, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) queueMicrotask(() => focusAgain(before));
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={small ? `${styles.dialog} ${styles.small}` : styles.dialog}
      aria-labelledby={labelledBy}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      {children}
    </dialog>
  );
}

/** What gets the focus back while the dialog leaves the page has no caret: nothing that is typed would arrive. */
function focusAgain(element: HTMLElement): void {
  if (!element.isConnected || element === document.body) return focusBack();
  if (document.activeElement !== element && document.activeElement !== document.body) return;
  element.blur();
  element.focus({ preventScroll: true });
}
