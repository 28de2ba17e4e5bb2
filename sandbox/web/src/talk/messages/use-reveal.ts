import { type RefObject, useEffect, useRef } from 'react';
import { scrollToMiddle } from '../scroll-to.ts';
import { revealed } from '../state/reveal.ts';
import styles from './message.module.css';

/** Brings a message into sight that somebody asked for; one that is not drawn yet is drawn first, by `drawAll`. */
export function useReveal(place: RefObject<HTMLElement | null>, drawAll: (() => void) | undefined): void {
  const asked = revealed.use();
  const done = useRef(asked);
  useEffect(() => {
    if (asked === null || done.current === asked) return;
    const box = place.current;
    const row = box?.querySelector<HTMLElement>(`[data-ts="${CSS.escape(asked.ts)}"]`);
    if (!box || !row) return drawAll?.();
    done.current = asked;
    scrollToMiddle(box, row);
    row.classList.add(styles.revealed ?? '');
    setTimeout(() => row.classList.remove(styles.revealed ?? ''), 2_000);
  });
}
