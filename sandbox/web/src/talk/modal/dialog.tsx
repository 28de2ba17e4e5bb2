import { type ReactNode, useLayoutEffect, useRef } from 'react';
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
    shown?.showModal();
    return () => shown?.close();
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
