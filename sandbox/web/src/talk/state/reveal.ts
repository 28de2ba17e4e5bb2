import { createStore } from '../../state/store.ts';

/** The message that somebody asked to be shown; each asking is another object. */
export const revealed = createStore<{ ts: string } | null>(null);
