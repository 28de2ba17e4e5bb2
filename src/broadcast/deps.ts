import type { Home } from '../domain/home.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';
import type { Courier, LivePainter } from '../domain/ports/courier.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Say } from './sentences.ts';

/** What decides words is made with. */
export interface WordsDeps {
  home: Home;
  /** What words say of time. */
  clock: Clock;
  /** The machine’s own time, whatever a scaled clock shows: when words are due, and how long far ends are waited for. */
  real: Clock;
  ids: Ids;
  say: Say;
  /** Public words of a sandbox say that they are not real. */
  simulated: boolean;
}

/** What carries words is made with. */
export interface BroadcastDeps extends WordsDeps {
  store: Store;
  couriers: readonly Courier[];
  painter: LivePainter;
  crash: Crash;
  log: Log;
  onError(error: unknown): void;
  /** Without a key public words are drafts that people copy. */
  hasStatuspageKey: boolean;
  loops: Loops;
}

/** Real milliseconds. */
export interface Loops {
  /** Between looks when nothing is due. */
  idleMs: number;
  /** After which a claimed row of a silent process is taken over; 10 s if absent. */
  takeOverMs?: number;
}

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
