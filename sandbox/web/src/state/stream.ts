import { useSyncExternalStore } from 'react';
import type { Slices } from './slices.ts';

/** The server's picture as it stands, and who wants to hear of its changes. */
const slices = new Map<string, unknown>();
const listeners = new Set<() => void>();
let connected = false;
let planned = false;

/** Many slices may change at once; what is shown is painted once for all of them. */
function announce(): void {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    for (const listener of listeners) listener();
  });
}

export function connect(): void {
  const source = new EventSource('/sandbox/api/events');
  source.onmessage = (event: MessageEvent<string>) => {
    const { name, value } = JSON.parse(event.data) as { name: string; value?: unknown };
    if (value === undefined) slices.delete(name);
    else slices.set(name, value);
    announce();
  };
  const say = (now: boolean) => () => {
    connected = now;
    announce();
  };
  source.onopen = say(true);
  source.onerror = say(false);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A slice by its name; undefined until the server has said it. */
export function useSlice<Name extends keyof Slices>(name: Name): Slices[Name] | undefined {
  return useSyncExternalStore(subscribe, () => slices.get(name) as Slices[Name] | undefined);
}

/** Slices of which there are many: `messages:C1`, `file:F1`. */
export function useNamed<Value>(name: string | null): Value | undefined {
  return useSyncExternalStore(subscribe, () => (name === null ? undefined : (slices.get(name) as Value | undefined)));
}

export function useConnected(): boolean {
  return useSyncExternalStore(subscribe, () => connected);
}
