import { useCallback, useRef } from 'react';
import { GuideButton } from '../guide/guide.tsx';
import { useSlice } from '../state/stream.ts';
import { BotChip } from './bot-chip.tsx';
import { ClockControls } from './clock-controls.tsx';
import styles from './header.module.css';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { useShortcuts } from './use-shortcuts.ts';

/** Above everything: what this is, how Muster is, and what time it is in the simulation. */
export function Header() {
  const title = useSlice('system')?.title;
  const dialog = useRef<HTMLDialogElement>(null);
  const showHelp = useCallback(() => dialog.current?.showModal(), []);
  useShortcuts(showHelp);
  return (
    <header className={styles.header}>
      <div className={styles.name}>
        <h1>
          Muster <span>sandbox</span>
        </h1>
        <p>
          <strong>Simulation:</strong> nothing here is real{title === undefined ? null : <span> · {title}</span>}
        </p>
      </div>
      <BotChip />
      <ClockControls />
      <div className={styles.tools}>
        <GuideButton className={styles.word} />
        <ThemeSwitch />
        <button
          type="button"
          className={`${styles.tool} ${styles.keys}`}
          title="Keys (?)"
          aria-label="Keys"
          onClick={showHelp}
        >
          <span aria-hidden="true">?</span>
        </button>
      </div>
      <ShortcutsDialog dialog={dialog} />
    </header>
  );
}
