/** Time, as an argument: real in production, scaled in the sandbox, chosen in tests. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` of this clock's time, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** How many of this clock's milliseconds pass in one real millisecond: 1 outside the sandbox. */
  readonly scale: number;
  /** A clock that leaps over idleness stays while this work, done by another thread, is not; others have no need of it. */
  during?: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Randomness, as an argument. */
export interface Ids {
  /** A short unique identifier with a prefix: `run_3k9x…`. */
  next(prefix: string): string;
}
