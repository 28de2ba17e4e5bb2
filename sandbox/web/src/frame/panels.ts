import { createStore } from '../state/store.ts';

/** The panels that somebody has opened or closed; outlives a reload. */
const key = 'muster-sandbox-panels';
const opened = createStore(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Readonly<Record<string, boolean>>);

/** Undefined while nobody has said. */
export function usePanelOpen(id: string): boolean | undefined {
  return opened.use()[id];
}

export function openPanel(id: string, open: boolean): void {
  opened.set({ ...opened.get(), [id]: open });
  sessionStorage.setItem(key, JSON.stringify(opened.get()));
}
