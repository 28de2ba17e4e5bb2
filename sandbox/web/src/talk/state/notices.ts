import { useMemo } from 'react';
import { createStore } from '../../state/store.ts';

/** Where a notice belongs: a message, a modal, or the line to type in of a channel or a thread. */
export type Place = { channel: string; ts: string } | { viewId: string } | { line: string };

export interface Notice {
  id: number;
  user: string;
  place: string;
  text: string;
}

const notices = createStore<readonly Notice[]>([]);
let last = 0;

const nameOf = (place: Place): string => JSON.stringify(place);

/** A word to one person that is nobody's message, such as what Slack refused; it stays until it is dismissed. */
export function notice(user: string, place: Place, text: string): void {
  const one = { user, place: nameOf(place), text };
  const said = notices.get().some((other) => other.user === user && other.place === one.place && other.text === text);
  if (!said) notices.set([...notices.get(), { id: ++last, ...one }]);
}

/** What was said there is out of date: the person tries again. */
export function forget(user: string, place: Place): void {
  const name = nameOf(place);
  const left = notices.get().filter((one) => one.user !== user || one.place !== name);
  if (left.length < notices.get().length) notices.set(left);
}

export function dismiss(id: number): void {
  notices.set(notices.get().filter((one) => one.id !== id));
}

export function useNotices(user: string, place: Place): readonly Notice[] {
  const all = notices.use();
  const name = nameOf(place);
  return useMemo(() => all.filter((one) => one.user === user && one.place === name), [all, user, name]);
}
