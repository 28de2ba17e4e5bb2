import { type KeyboardEvent, useRef } from 'react';

const typed: string[] = [];

interface History {
  note(text: string): void;
  /** The line that an arrow key brings back; undefined: the key is for moving within the text. */
  recall(event: KeyboardEvent<HTMLTextAreaElement>): string | undefined;
}

/** What this tab has said: the arrow keys bring it back. */
export function useHistory(): History {
  const at = useRef<number | null>(null);
  return {
    note: (text) => {
      typed.push(text);
      at.current = null;
    },
    recall: (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step === undefined || event.shiftKey || isWithin(event.currentTarget, step)) return undefined;
      at.current = Math.max(0, Math.min(typed.length, (at.current ?? typed.length) + step));
      return typed[at.current] ?? '';
    },
  };
}

/** Whether there is another line to move to in that direction. */
function isWithin({ value, selectionStart, selectionEnd }: HTMLTextAreaElement, step: number): boolean {
  return step < 0 ? value.slice(0, selectionStart).includes('\n') : value.slice(selectionEnd).includes('\n');
}
