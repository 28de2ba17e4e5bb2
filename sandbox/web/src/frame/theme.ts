import { useSyncExternalStore } from 'react';
import { createStore } from '../state/store.ts';

/** `auto` follows the system. */
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'muster-sandbox-theme';
const kept = localStorage.getItem(key);
const theme = createStore<Theme>(themes.find((one) => one === kept) ?? 'auto');
show(theme.get());

export function useTheme(): Theme {
  return theme.use();
}

export function chooseTheme(next: Theme): void {
  localStorage.setItem(key, next);
  theme.set(next);
  show(next);
}

function show(now: Theme): void {
  document.documentElement.dataset.theme = now;
}

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

function followSystem(listener: () => void): () => void {
  systemDark.addEventListener('change', listener);
  return () => systemDark.removeEventListener('change', listener);
}

/** Whether the page is dark now. */
export function useDark(): boolean {
  const system = useSyncExternalStore(followSystem, () => systemDark.matches);
  const chosen = useTheme();
  return chosen === 'auto' ? system : chosen === 'dark';
}
