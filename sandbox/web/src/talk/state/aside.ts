import { createStore } from '../../state/store.ts';

/** A word from outside Slack, at a field of a form, with what to put into it. */
export interface Aside {
  /** The field's block. */
  block: string;
  words: string;
  offer: string;
  /** Of a time: seconds since 1970. */
  value: number;
}

export const aside = createStore<Aside | null>(null);
