import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';
import type { Courier, LivePainter } from '../domain/ports/courier.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Say, SayMail } from './templates/sentences.ts';

/** What decides words is made with. */
export interface WordsDeps {
  home: Home;
  /** Those that people are pointed to. */
  commands: readonly Command[];
  /** What words say of time. */
  clock: Clock;
  /** The machine’s own time, whatever a scaled clock shows: when rows go out, and how long far ends are waited for. */
  real: Clock;
  ids: Ids;
  say: Say;
  mail: SayMail;
  /** Public words of a sandbox say that they are not real. */
  simulated: boolean;
  /** Far ends there are; what cannot be carried is a draft for people to copy. */
  can: { page: boolean; mail: boolean; pager: boolean };
}

/** What carries words is made with. */
export interface BroadcastDeps extends WordsDeps {
  store: Store;
  couriers: readonly Courier[];
  painter: LivePainter;
  crash: Crash;
  log: Log;
  onError(error: unknown): void;
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
