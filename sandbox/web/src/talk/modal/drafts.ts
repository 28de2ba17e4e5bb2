import { createStore } from '../../state/store.ts';
import type { Entered, Values } from '../types.ts';

/** What has been put into each open modal, by its id: one below another on the stack keeps what it holds. */
const drafts = createStore<Readonly<Record<string, Values>>>({});
const nothing: Values = {};

export function useDraft(viewId: string): Values {
  return drafts.use()[viewId] ?? nothing;
}

export function enterDraft(viewId: string, key: string, value: Entered): void {
  const all = drafts.get();
  drafts.set({ ...all, [viewId]: { ...all[viewId], [key]: value } });
}

export function draftOf(viewId: string): Values {
  return drafts.get()[viewId] ?? nothing;
}

export function forgetDraftsBut(open: readonly string[]): void {
  const all = Object.entries(drafts.get());
  const kept = all.filter(([id]) => open.includes(id));
  if (kept.length < all.length) drafts.set(Object.fromEntries(kept));
}
