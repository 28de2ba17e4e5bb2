import { DBOS } from '@dbos-inc/dbos-sdk';
import { createBeginnings } from './beginnings.ts';
import { createClient, launchDbos } from './dbos.ts';
import { createEngine } from './engine.ts';
import { createExecutions } from './executions.ts';
import { type FlowDeps, never } from './flow.ts';
import { type HeldLease, takeDatabaseLease, takeEmbeddedLease } from './lease.ts';
import { countUnfinished, listFailedWorkflows } from './status.ts';
import { watchStranded } from './stranded.ts';
import { takeOverOrphans } from './sweep.ts';
import type { Durable, DurableOptions } from './types.ts';
import { registerWorkflows } from './workflows.ts';

/** How long a process may be silent before another takes over from it; real milliseconds. */
export const defaultLeaseMs = 8000;
const renewalsInLease = 4;
const drainMs = 10_000;
/** How often what was handed to this process and never begun is looked for. */
const lookEveryMs = 5_000;

/** The engine is one for each process. */
let active = false;

/**
 * Launches durable execution on the store, and goes on with what was left unfinished. One at a time in a process.
 */
export async function createDurable(options: DurableOptions): Promise<Durable> {
  if (active) throw new Error('Durable execution runs in this process already: stop it before creating another.');
  active = true;
  const stopping = new AbortController();
  const undo: (() => Promise<unknown>)[] = [];
  const letGo = async (): Promise<void> => {
    stopping.abort();
    for (const step of undo.splice(0).reverse()) {
      await step().catch((error: unknown) => options.log.warn({ err: error }, 'Durable execution stopped uncleanly.'));
    }
    active = false;
  };
  try {
    return await launch(options, stopping, undo, letGo);
  } catch (error) {
    await letGo();
    throw error;
  }
}

async function launch(
  options: DurableOptions,
  stopping: AbortController,
  undo: (() => Promise<unknown>)[],
  letGo: () => Promise<void>,
): Promise<Durable> {
  const { store, log, stopwatch, clock, workflows } = options;
  const executor = store.kind === 'embedded' ? 'local' : options.executor;
  const lease = await takeLease(options);
  undo.push(() => lease.release());

  const beginnings = createBeginnings(clock, stopwatch);
  const steps = { running: 0, resting: 0 };
  const executions = createExecutions();
  const flowDeps = { lease, clock, stopwatch, log, steps, executions, isStopping: () => stopping.signal.aborted };
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  undo.push(() => DBOS.shutdown({ deregister: true }));
  registerWorkflows(workflows, { ...flowDeps, beginnings }, opened);
  await launchDbos(store, executor, log);
  log.info({ executor }, 'at work on runs');
  undo.push(() => drain(flowDeps));
  const client = await createClient(store, log);
  keepLease(options, lease, stopping.signal);
  repeat(options, stopping.signal, watchStranded(executor, executions, log));
  // Not before the caller has what is returned here: a workflow that goes on may ask for it at once.
  void stopwatch.sleep(0).then(open);

  return {
    engine: createEngine(client, new Set(Object.keys(workflows)), beginnings),
    lease,
    status: async () => ({
      executor,
      held: lease.isHeld(),
      failed: await listFailedWorkflows(),
      unfinished: await countUnfinished(),
    }),
    rest: async (ms) => {
      steps.resting += 1;
      const rested = await clock.sleep(ms, stopping.signal).then(
        () => !stopping.signal.aborted,
        () => false,
      );
      if (!rested) return never();
      steps.resting -= 1;
    },
    stop: letGo,
  };
}

function takeLease(options: DurableOptions): Promise<HeldLease> | HeldLease {
  if (options.store.kind === 'embedded') return takeEmbeddedLease();
  return takeDatabaseLease({ ...options, ms: options.leaseMs ?? defaultLeaseMs });
}

/** Again and again until stopped: what fails once is tried at the next look. */
function repeat({ stopwatch, log }: DurableOptions, signal: AbortSignal, look: () => Promise<void>): void {
  const keep = async (): Promise<void> => {
    while (!signal.aborted) {
      await stopwatch.sleep(lookEveryMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      await look().catch((error: unknown) =>
        log.warn({ err: error }, 'What nobody carries out could not be looked for.'),
      );
    }
  };
  void keep();
}

/** Renews the lease and takes over from silent processes, until stopped. */
function keepLease(options: DurableOptions, lease: HeldLease, signal: AbortSignal): void {
  const { store, stopwatch, log } = options;
  if (store.kind === 'embedded') return;
  const everyMs = (options.leaseMs ?? defaultLeaseMs) / renewalsInLease;
  let patientUntil = stopwatch.elapsed();
  const keep = async (): Promise<void> => {
    while (!signal.aborted && lease.isHeld()) {
      try {
        await lease.renew();
        if (lease.isHeld() && stopwatch.elapsed() >= patientUntil) {
          await takeOverOrphans(store, log, options.onTakenOver ?? (async () => undefined));
        }
      } catch (error) {
        log.warn({ err: error }, 'The lease could not be renewed; trying again.');
        // Every lease runs out while the database is away: who lives renews it before the others are counted as dead.
        patientUntil = stopwatch.elapsed() + 2 * everyMs;
      }
      await stopwatch.sleep(everyMs, signal).catch(() => undefined);
    }
  };
  void keep();
}

/** A step that may no longer be recorded never ends, and one that rests does so for minutes: nobody waits for either. */
async function drain({ steps, stopwatch, lease }: Pick<FlowDeps, 'steps' | 'stopwatch' | 'lease'>): Promise<void> {
  const end = stopwatch.elapsed() + drainMs;
  while (steps.running > steps.resting && lease.isHeld() && stopwatch.elapsed() < end) await stopwatch.sleep(20);
}
