import type { Fact } from '../facts.ts';
import type { JsonObject } from '../json.ts';
import type { Door } from '../person.ts';

/** One open transaction: the only way to the database inside `store.tx`. */
export interface Tx {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Tells subscribers, inside this transaction. */
  tell(fact: Fact): Promise<void>;
  /** Runs once this transaction has committed; lost with the process, so only for nudging loops. */
  afterCommit(hook: () => void): void;
}

export interface Store {
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** A row of the hash-chained audit log. Source: docs/evidence.md. */
export interface AuditEntry {
  at: Date;
  /** A person's name, `muster`, or `schedule NAME`. */
  who: string;
  door: Door;
  /** `verb.object`: consent.granted, effect.sent, region.switched. */
  what: string;
  incidentId: number | null;
  runId: string | null;
  detail: JsonObject;
}
