import type { Item } from './item-rules.ts';
import { dateOf, faultsOf, type Rules } from './item-rules.ts';

/** What was found in the items that were looked at. */
export interface Tally {
  scanned: number;
  looked_at: number;
  bad: number;
  /** Bad items that do not say when they were written. */
  undated: number;
  earliest: Date | null;
  latest: Date | null;
  faults: Record<string, number>;
  examples: string[];
}

export interface Looking extends Rules {
  keys: readonly string[];
  timestamp: string | undefined;
  /** Items that were written before are passed over; those that do not say when are not. */
  since: Date | null;
}

const mostExamples = 5;

export const nothing: Tally = {
  scanned: 0,
  looked_at: 0,
  bad: 0,
  undated: 0,
  earliest: null,
  latest: null,
  faults: {},
  examples: [],
};

export function addItems(before: Tally, items: readonly Item[], looking: Looking): Tally {
  const tally = { ...before, faults: { ...before.faults }, examples: [...before.examples] };
  for (const item of items) addItem(tally, item, looking);
  return tally;
}

function addItem(tally: Tally, item: Item, looking: Looking): void {
  const { timestamp, since, keys } = looking;
  const at = timestamp === undefined ? null : dateOf(item[timestamp]);
  tally.scanned += 1;
  if (since !== null && at !== null && at < since) return;
  tally.looked_at += 1;
  const faults = faultsOf(item, looking);
  if (faults.length === 0) return;
  tally.bad += 1;
  for (const fault of faults) tally.faults[fault] = (tally.faults[fault] ?? 0) + 1;
  if (tally.examples.length < mostExamples) tally.examples.push(sayKey(item, keys));
  if (at === null) tally.undated += 1;
  else [tally.earliest, tally.latest] = [least(tally.earliest, at), most(tally.latest, at)];
}

function least(one: Date | null, other: Date): Date {
  return one !== null && one < other ? one : other;
}

function most(one: Date | null, other: Date): Date {
  return one !== null && one > other ? one : other;
}

function sayKey(item: Item, keys: readonly string[]): string {
  return keys.map((name) => `${name} ${item[name]?.S ?? item[name]?.N ?? 'unreadable'}`).join(', ');
}
