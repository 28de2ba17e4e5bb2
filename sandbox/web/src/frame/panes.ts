import { createStore } from '../state/store.ts';
import { type Pane, panes } from './pane.ts';

const key = 'muster-sandbox-pane';
const kept = sessionStorage.getItem(key);
const shown = createStore<Pane>(panes.find((one) => one === kept) ?? 'talk');

export function usePane(): Pane {
  return shown.use();
}

export function showPane(pane: Pane): void {
  sessionStorage.setItem(key, pane);
  shown.set(pane);
}
