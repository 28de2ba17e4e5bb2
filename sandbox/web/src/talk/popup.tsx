import { type ReactNode, useId, useRef } from 'react';
import styles from './menu.module.css';
import { placeBy } from './place-by.ts';

interface PopupProps {
  label: string;
  sign: ReactNode;
  className?: string | undefined;
  /** What it shows; told how to close it. */
  children(close: () => void): ReactNode;
}

const width = 320;

/** A button that shows something to read above the page. */
export function Popup({ label, sign, className, children }: PopupProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const shown = useRef<HTMLDivElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className ?? styles.button}
        aria-label={label}
        popoverTarget={id}
        onClick={() => placeBy(button.current, shown.current, width)}
      >
        {sign}
      </button>
      <div ref={shown} id={id} popover="auto" role="dialog" aria-label={label} className={styles.popup}>
        {children(() => shown.current?.hidePopover())}
      </div>
    </>
  );
}
