import type { Clock } from '../domain/ports/clock.ts';
import type { Engine, Workflow } from '../domain/ports/engine.ts';
import type { OpenStore } from '../store/open.ts';

export interface DurableLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Real time that never goes back, whatever the clock shows: `stopwatch` of src/clock. */
export interface RealTime {
  /** Milliseconds since some moment. */
  elapsed(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface DurableOptions {
  store: OpenStore;
  /** A name of this boot of this process alone. The embedded store, held by one process, does not use it. */
  executor: string;
  clock: Clock;
  stopwatch: RealTime;
  workflows: Record<string, Workflow>;
  log: DurableLog;
  /** Called once when another process has taken over: this one must end at once, without a word to the outside. */
  onLost: () => void;
  /** How long this process may stay silent before another takes over; 8,000 ms unless told. */
  leaseMs?: number;
  /** Told of silent processes from which this one takes over, before anything of theirs goes on. */
  onTakenOver?: (taken: TakenOver) => Promise<void>;
}

export interface TakenOver {
  /** How many had run out. */
  leases: number;
  /** What their holders had under way, by id. */
  workflows: string[];
}

export interface Lease {
  /** Cheap. Throws LeaseLost, or StoreUnreachable where it cannot be known. To be asked just before each effect. */
  assertHeld(): Promise<void>;
  /** As far as this process knows. */
  isHeld(): boolean;
}

/** A workflow that threw what nobody expected: it has ended, and a person must look. */
export interface FailedWorkflow {
  id: string;
  workflow: string;
  why: string;
  at: Date;
}

export interface DurableStatus {
  executor: string;
  /** Whether this process may send effects. */
  held: boolean;
  /** The newest first, at most 20. */
  failed: FailedWorkflow[];
  /** Workflows that have not come to their end. */
  unfinished: number;
}

export interface Durable {
  engine: Engine;
  lease: Lease;
  /** Reads the database; rejects where it does not answer. */
  status(): Promise<DurableStatus>;
  /** Waits within a step, between two looks. Once this process is stopping it never ends, and the step goes on elsewhere. */
  rest(ms: number): Promise<void>;
  /**
   * Starts nothing more, waits for steps that are in the middle of something (10 s at most) and gives up the lease. What is
   * unfinished goes on elsewhere, or at the next start.
   */
  stop(): Promise<void>;
}

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}
