import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import styles from './menu.module.css';
import { placeBy } from './place-by.ts';

export interface MenuItem {
  key: string;
  text: ReactNode;
  pick(): void;
}

interface MenuProps {
  label: string;
  sign: ReactNode;
  items: readonly MenuItem[];
  className?: string | undefined;
  /** Of the button, where it is one of several that are one stop of Tab. */
  tabIndex?: number;
}

/** A button that opens a list of things to do; it lies above everything, a modal included. */
export function Menu({ label, sign, items, className, tabIndex }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const open = () => {
    placeBy(button.current, list.current);
    list.current?.showPopover();
    list.current?.querySelector('button')?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className ?? styles.button}
        tabIndex={tabIndex}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-controls={id}
        onClick={open}
      >
        {sign}
      </button>
      <div ref={list} id={id} popover="auto" role="menu" aria-label={label} className={styles.menu} onKeyDown={walk}>
        {items.map((item) => (
          <button
            key={item.key}
            type="button"
            role="menuitem"
            className={styles.item}
            tabIndex={-1}
            onClick={() => {
              list.current?.hidePopover();
              item.pick();
            }}
          >
            {item.text}
          </button>
        ))}
      </div>
    </>
  );
}

function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const items = [...event.currentTarget.querySelectorAll('button')];
  const at = items.indexOf(document.activeElement as HTMLButtonElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    items.at(next % items.length)?.focus();
  }
  if (event.key === 'Tab') event.currentTarget.hidePopover();
}
