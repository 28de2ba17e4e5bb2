import type { Pane } from './pane.ts';

/** What a single key does, where nobody is typing. */
export type Shortcut = { does: 'compose' } | { does: 'help' } | { does: 'show'; pane: Pane };

export const shortcuts: readonly { key: string; words: string; shortcut: Shortcut }[] = [
  { key: '/', words: 'Write in the conversation', shortcut: { does: 'compose' } },
  { key: 'c', words: 'Channels and people', shortcut: { does: 'show', pane: 'channels' } },
  { key: 'w', words: 'The simulated world', shortcut: { does: 'show', pane: 'world' } },
  { key: 't', words: 'Trouble: break things, and mend them', shortcut: { does: 'show', pane: 'trouble' } },
  { key: '?', words: 'These keys', shortcut: { does: 'help' } },
];

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  defaultPrevented: boolean;
}

/** The shortcut that a key is; none with a modifier, or where `typing` says that the key is somebody's text. */
export function shortcutOf(pressed: Pressed, typing: boolean): Shortcut | undefined {
  const { key, ctrlKey, metaKey, altKey, isComposing, defaultPrevented } = pressed;
  if (typing || ctrlKey || metaKey || altKey || isComposing || defaultPrevented) return undefined;
  return shortcuts.find((one) => one.key === key)?.shortcut;
}

/** The part of the page that a pane is, by its element's id. */
export function idOf(pane: Pane): string {
  return `pane-${pane}`;
}
