import { type RefObject, startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Message } from '../types.ts';

/** The newest are drawn at once, a page of them soon after, and so many more when somebody asks. */
const first = 30;
const page = 100;
const more = 50;

interface Window {
  drawn: readonly Message[];
  /** How many there are before them. */
  earlier: number;
  drawEarlier(): void;
  drawAll(): void;
}

/** The part of a long conversation that is drawn: it grows at both ends, and what is read stays where it is. */
export function useWindow(place: RefObject<HTMLElement | null>, messages: readonly Message[]): Window {
  const [from, setFrom] = useState(() => tsBack(messages, first));
  const fromEnd = useRef<number | null>(null);
  const start = from === null ? 0 : messages.findIndex((message) => Number(message.ts) >= from);
  const begin = Math.max(0, start);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for the conversation that is shown.
  useEffect(() => startTransition(() => setFrom(tsBack(messages, page))), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when more is drawn, and only then.
  useLayoutEffect(() => {
    const box = place.current;
    if (box && fromEnd.current !== null) box.scrollTop = box.scrollHeight - fromEnd.current;
    fromEnd.current = null;
  }, [place, from]);
  return {
    drawn: messages.slice(begin),
    earlier: begin,
    drawEarlier: () => {
      const box = place.current;
      fromEnd.current = box && box.scrollHeight - box.scrollTop;
      startTransition(() => setFrom(tsBack(messages, messages.length - begin + more)));
    },
    drawAll: () => setFrom(null),
  };
}

/** When the message so many from the end was said; null: there are no more than that. */
function tsBack(messages: readonly Message[], count: number): number | null {
  const message = messages.at(-count);
  return message === undefined ? null : Number(message.ts);
}
