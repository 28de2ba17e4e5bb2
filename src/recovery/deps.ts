import type { ActionRegistry } from '../domain/action.ts';
import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { Engine } from '../domain/ports/engine.ts';
import type { Store } from '../domain/ports/store.ts';

/** What recovery is made with. */
export interface RecoveryDeps {
  store: Store;
  /** Asked for late: the engine is launched with recovery's own workflows. */
  engine: () => Engine;
  actions: ActionRegistry;
  home: Home;
  commands: readonly Command[];
  clock: Clock;
  stopwatch: RealTime;
  ids: Ids;
  crash: Crash;
  log: Log;
  /** The Region that Muster itself runs in, if it is known. */
  here: string | null;
  /** A Region that Muster may leave although it runs there: named by the operator. */
  mayLeave: string | null;
  simulated: boolean;
}

/** Real time, for how long an answer may take. */
export interface RealTime {
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
