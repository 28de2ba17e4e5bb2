import { createStore } from '../state/store.ts';

const key = 'muster-sandbox-guide-folded';
const folded = createStore(localStorage.getItem(key) === 'yes');

/** Whether a small screen shows one line of the guide alone; remembered. */
export function useFolded(): boolean {
  return folded.use();
}

export function foldGuide(to: boolean): void {
  localStorage.setItem(key, to ? 'yes' : 'no');
  folded.set(to);
}
