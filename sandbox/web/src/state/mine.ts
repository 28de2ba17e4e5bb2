import { createStore } from './store.ts';

/** What this tab has chosen: who it is and where it looks. Outlives a reload, so that nobody's open form is lost from sight. */
export interface Mine {
  user: string | null;
  channel: string | null;
  /** The thread that is open beside the channel: the `ts` of its first message. */
  thread: string | null;
}

const key = 'muster-sandbox';
const nothing: Mine = { user: null, channel: null, thread: null };
const mine = createStore<Mine>({
  ...nothing,
  ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Mine>),
});

export function choose(change: Partial<Mine>): void {
  mine.set({ ...mine.get(), ...change });
  sessionStorage.setItem(key, JSON.stringify(mine.get()));
}

export const useMine = (): Mine => mine.use();
