import { DBOS, DBOSWorkflowConflictError } from '@dbos-inc/dbos-sdk';
import type { JsonObject } from '../domain/json.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Flow } from '../domain/ports/engine.ts';
import { StoreUnreachable } from '../store/failures.ts';
import { assertOutsideTx } from '../store/guard.ts';
import type { Executions } from './executions.ts';
import type { HeldLease } from './lease.ts';
import type { DurableLog, RealTime } from './types.ts';

export interface FlowDeps {
  lease: HeldLease;
  clock: Clock;
  stopwatch: RealTime;
  log: DurableLog;
  /** True from the moment this process is to stop. */
  isStopping: () => boolean;
  steps: StepCounter;
  startChild: (workflow: string, id: string, input: JsonObject) => Promise<void>;
  executions: Executions;
}

/** Counts the steps in flight, so that stopping can wait for them; those that rest have nothing to be waited for. */
export interface StepCounter {
  running: number;
  resting: number;
}

const outageRetryMs = 500;
/** How often a mailbox is looked into where no notification came: only after a lost connection. */
const mailboxPollMs = 1000;
/** While the clock is paused a wait ends after this long, early, and the caller looks at the clock again. */
const pausedWaitMs = 1000;

/**
 * One workflow's way to durable effects, one at a time. Once this process is stopping, or another has taken over, no
 * call returns: what is durable is then the whole truth, and the workflow goes on from it elsewhere.
 */
export function createFlow(id: string, deps: FlowDeps): Flow {
  let busy: string | null = null;

  const operate = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    assertOutsideTx(`flow.${operation}`);
    if (busy) throw new Error(`flow.${operation} of ${id} began before flow.${busy} had ended: await one at a time.`);
    if (isOver(deps)) return never();
    busy = operation;
    try {
      return await work();
    } catch (error) {
      if (error instanceof DBOSWorkflowConflictError) {
        // It was handed out again, and goes on there.
        deps.executions.end(id);
        return never();
      }
      if (isOver(deps)) return never();
      throw error;
    } finally {
      busy = null;
    }
  };

  // From before the engine hears of it until after it has written it down: an engine that stops in between would record
  // its own end as the step's outcome.
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    deps.steps.running += 1;
    try {
      return await DBOS.runStep(() => performStep(id, deps, work), { name });
    } finally {
      deps.steps.running -= 1;
    }
  };

  return {
    id,
    step: (name, work) => operate('step', () => step(name, work)),
    start: (workflow, child, input) => operate('start', () => deps.startChild(workflow, child, input)),
    receive: (ms) => operate('receive', () => receive(realMs(ms, deps.clock))),
    send: (to, message) => operate('send', () => DBOS.send(to, message)),
  };
}

/** Tries again for as long as the database is away: a step's outcome may be anything but that. */
async function performStep<T>(id: string, deps: FlowDeps, work: () => Promise<T>): Promise<T> {
  for (;;) {
    if (isOver(deps)) return park(deps.steps);
    const result = await attemptStep(id, deps, work);
    if (!deps.lease.isHeld()) return park(deps.steps);
    if (result !== away) return result;
    await deps.stopwatch.sleep(outageRetryMs);
  }
}

/** The step goes on elsewhere, and nobody waits for it here. */
function park<T>(steps: StepCounter): Promise<T> {
  steps.resting += 1;
  return never();
}

const away = Symbol('away');

async function attemptStep<T>(id: string, deps: FlowDeps, work: () => Promise<T>): Promise<T | typeof away> {
  try {
    await deps.lease.assertHeld();
    return await work();
  } catch (error) {
    if (!deps.lease.isHeld()) return away;
    if (!(error instanceof StoreUnreachable)) throw error;
    deps.log.warn(
      { workflow: id, why: error.message },
      'The database is away in the middle of a step; it is tried again.',
    );
    return away;
  }
}

async function receive(ms: number): Promise<JsonObject | null> {
  return DBOS.recv<JsonObject>(undefined, { timeoutSeconds: ms / 1000, pollingIntervalMs: mailboxPollMs });
}

function realMs(ms: number, clock: Clock): number {
  return clock.scale > 0 ? Math.max(0, ms) / clock.scale : pausedWaitMs;
}

function isOver(deps: FlowDeps): boolean {
  return deps.isStopping() || !deps.lease.isHeld();
}

export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
