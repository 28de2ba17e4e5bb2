import { createStore } from '../../state/store.ts';

/** The newest message that each person has seen in each channel, by `user/channel`; outlives a reload. */
const key = 'muster-sandbox-seen';
const seen = createStore(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Readonly<Record<string, string>>);

export function useSeen(user: string, channel: string): string | undefined {
  return seen.use()[`${user}/${channel}`];
}

export function markSeen(user: string, channel: string, ts: string): void {
  const place = `${user}/${channel}`;
  if (seen.get()[place] === ts) return;
  seen.set({ ...seen.get(), [place]: ts });
  sessionStorage.setItem(key, JSON.stringify(seen.get()));
}
