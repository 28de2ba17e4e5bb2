import { createStore } from '../../state/store.ts';

/** How often this tab has said something: whoever speaks wants to see it. */
const times = createStore(0);

export const noteSaid = (): void => times.set(times.get() + 1);
export const useSaid = (): number => times.use();

let awaiting = false;

/** Whoever presses something wants to see what is answered to them alone. */
export const notePress = (): void => {
  awaiting = true;
};

/** Whether an answer is still to be shown; it is shown once. */
export function takeAnswer(): boolean {
  const was = awaiting;
  awaiting = false;
  return was;
}
