import { type RefObject, useId } from 'react';
import { shortcuts } from './shortcuts.ts';
import styles from './shortcuts-dialog.module.css';
import { enableShortcuts, useShortcutsEnabled } from './use-shortcuts.ts';

export function ShortcutsDialog({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  const title = useId();
  const enabled = useShortcutsEnabled();
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={title} closedby="any">
      <h2 id={title}>Keys</h2>
      <dl>
        {shortcuts.map(({ key, words }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input type="checkbox" checked={enabled} onChange={(event) => enableShortcuts(event.target.checked)} />
        Single keys do this while nothing is being typed
      </label>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
