import { type KeyboardEvent, useMemo, useState } from 'react';
import { useSlice } from '../../state/stream.ts';
import { type Suggestion, suggest } from './suggest.ts';

export interface Suggestions {
  found: readonly Suggestion[];
  isOpen: boolean;
  /** The one that the arrow keys have gone to. */
  active: number | null;
  choose(suggestion: Suggestion): void;
  open(): void;
  close(): void;
  /** True: the key was for the list. */
  press(event: KeyboardEvent): boolean;
}

/** What may be said after `/dr`, while somebody types it. Enter sends the line as it stands until one has been gone to. */
export function useSuggestions(typed: string, command: string, setTyped: (line: string) => void): Suggestions {
  const words = useSlice('words');
  const [asked, setAsked] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const found = useMemo(() => suggest(typed, command, words ?? []), [typed, command, words]);
  const isOpen = asked && found.length > 0;
  const close = () => {
    setAsked(false);
    setActive(null);
  };
  const choose = ({ line }: Suggestion) => {
    if (line !== null) setTyped(line);
    setActive(null);
  };
  const go = (step: number) => {
    const last = found.length - 1;
    setActive(active === null ? (step > 0 ? 0 : last) : (active + step + found.length) % found.length);
  };
  const press = (event: KeyboardEvent): boolean => {
    if (!isOpen) return false;
    const chosen = active === null ? found.find((one) => one.line !== null) : found[active];
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (steps !== undefined) go(steps);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab' && !event.shiftKey && chosen?.line) choose(chosen);
    else if (event.key === 'Enter' && active !== null && chosen?.line) choose(chosen);
    else return false;
    event.preventDefault();
    return true;
  };
  const open = () => {
    setAsked(true);
    setActive(null);
  };
  return { found, isOpen, active: isOpen ? active : null, choose, open, close, press };
}
