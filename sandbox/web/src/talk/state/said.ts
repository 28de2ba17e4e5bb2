import { createStore } from '../../state/store.ts';

/** How often this tab has said something: whoever speaks wants to see it. */
const times = createStore(0);

export const noteSaid = (): void => times.set(times.get() + 1);
export const useSaid = (): number => times.use();
