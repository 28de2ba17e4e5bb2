import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { createStore } from '../state/store.ts';
import { showPane } from './panes.ts';
import { idOf, shortcutOf } from './shortcuts.ts';

const key = 'muster-sandbox-keys';
const enabled = createStore(localStorage.getItem(key) !== 'off');

/** Who speaks to their machine, or types by accident, turns them off. */
export function useShortcutsEnabled(): boolean {
  return enabled.use();
}

export function enableShortcuts(on: boolean): void {
  localStorage.setItem(key, on ? 'on' : 'off');
  enabled.set(on);
}

export function useShortcuts(showHelp: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event, takesKeys(event.target) || document.querySelector('dialog[open]') !== null);
      if (shortcut === undefined || !enabled.get()) return;
      if (shortcut.does === 'compose') return beginLine(event);
      event.preventDefault();
      if (shortcut.does === 'help') return showHelp();
      showPane(shortcut.pane);
      requestAnimationFrame(() => document.getElementById(idOf(shortcut.pane))?.focus());
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [showHelp]);
}

/** At once, so that the key itself is the first of an empty line, and the next key cannot come before it. */
function beginLine(event: KeyboardEvent): void {
  flushSync(() => showPane('talk'));
  const line = document.querySelector<HTMLTextAreaElement>('main textarea[data-composer]:enabled');
  line?.focus();
  if (line?.value !== '') event.preventDefault();
}

/** Whether a key goes to a field, a menu or a dialog rather than to the page. */
function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const fields = 'input, select, textarea, [contenteditable], [role="menu"], [role="listbox"], dialog, [role="dialog"]';
  return target.closest(fields) !== null;
}
