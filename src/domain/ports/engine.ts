import type { JsonObject } from '../json.ts';
import type { Tx } from './store.ts';

/** Inside a workflow: every effect goes through one of these, so that a replay repeats nothing. */
export interface Flow {
  id: string;
  /** Runs once; its result, which JSON can carry, is recorded and read back on replay. At least once if the process dies. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Starts a child; a second start with the same id is the same child. */
  start(workflow: string, id: string, input: JsonObject): Promise<void>;
  /** Next message in this workflow's mailbox, or null after `ms`. */
  receive(ms: number): Promise<JsonObject | null>;
  send(to: string, message: JsonObject): Promise<void>;
}

export type Workflow = (flow: Flow, input: JsonObject) => Promise<void>;

/** Durable execution, seen from the use-cases. */
export interface Engine {
  /** Starts a workflow in the caller's transaction: it exists if and only if that commits. */
  startIn(tx: Tx, workflow: string, id: string, input: JsonObject): Promise<void>;
  /** Sends to a workflow's mailbox in the caller's transaction. Rejects with `NobodyListens` where there is no such workflow yet. */
  sendIn(tx: Tx, to: string, message: JsonObject): Promise<void>;
}
