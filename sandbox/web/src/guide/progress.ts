import { createStore } from '../state/store.ts';

export interface Progress {
  state: 'offered' | 'on' | 'left';
  /** Whoever comes back to it goes on where it was left. */
  began: boolean;
  /** The number of the newest incident when the guide began. */
  after: number;
}

const key = 'muster-sandbox-guide';
const fresh: Progress = { state: 'offered', began: false, after: 0 };
const progress = createStore<Progress>({
  ...fresh,
  ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Progress>),
});

export function useProgress(): Progress {
  return progress.use();
}

export function setProgress(next: Progress): void {
  sessionStorage.setItem(key, JSON.stringify(next));
  progress.set(next);
}
