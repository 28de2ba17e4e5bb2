import type { ActionRegistry } from '../domain/action.ts';
import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { Engine } from '../domain/ports/engine.ts';
import type { Store } from '../domain/ports/store.ts';
import type { StepStatus } from '../domain/run.ts';

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
  /** Waits between two looks of a step; a process that is stopping hands the step over instead. */
  rest: (ms: number) => Promise<void>;
  /** Told of each step that has come to an end, once that is written down. */
  stepEnded: (ended: StepEnded) => void;
  ids: Ids;
  crash: Crash;
  log: Log;
  /** The Region that Muster itself runs in, if it is known. */
  here: string | null;
  /** A Region that Muster may leave although it runs there: named by the operator. */
  mayLeave: string | null;
  simulated: boolean;
}

export interface StepEnded {
  incidentId: number;
  runId: string;
  step: string;
  attempt: number;
  /** The action. */
  uses: string;
  status: StepStatus;
  note: string | null;
  /** From its first beginning; null where it never began. */
  seconds: number | null;
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
