import { useSyncExternalStore } from 'react';

/** What this tab has chosen: who it is and where it looks. Outlives a reload, so that nobody's open form is lost from sight. */
export interface Mine {
  user: string | null;
  channel: string | null;
  /** The thread that is open beside the channel: the `ts` of its first message. */
  thread: string | null;
}

const key = 'muster-sandbox';
const nothing: Mine = { user: null, channel: null, thread: null };
let mine: Mine = { ...nothing, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Mine>) };
const listeners = new Set<() => void>();

export function choose(change: Partial<Mine>): void {
  mine = { ...mine, ...change };
  sessionStorage.setItem(key, JSON.stringify(mine));
  for (const listener of listeners) listener();
}

export function useMine(): Mine {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => mine,
  );
}
