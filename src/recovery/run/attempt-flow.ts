import { z } from 'zod';
import { isChecklist } from '../../domain/checklist.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import type { Flow, Workflow } from '../../domain/ports/engine.ts';
import type { AttemptResult } from '../../domain/run.ts';
import { readRun } from '../../store/runs.ts';
import type { RecoveryDeps } from '../deps.ts';
import { attemptStep } from './attempt.ts';
import { lookAtChecklist } from './checklist-flow.ts';
import { explain } from './explain.ts';
import type { Settled } from './work.ts';

/** What a person says at a manual checkpoint. */
export interface Answer {
  done: boolean;
  by: string;
  note: string;
}

/** How often a return guard looks whether its Region answers. */
const lookEveryMs = 30_000;

const GuardInput = z.object({ guardId: z.string() });

const Heard = z.object({ done: z.literal(false), by: z.string(), note: z.string() });

interface Input {
  runId: string;
  stepId: string;
  attempt: number;
  startedAt: string;
  outputs: Record<string, JsonObject>;
  approved: PlannedStep;
}

/** How long a checkpoint listens before it looks at its timeout again, in real milliseconds. */
const listenMs = 15_000;

/** What an attempt has come to, and when. */
type Ended = Settled & { at: string };

/** One attempt at one step: carried to its end, then told to the run. */
export function attemptFlow(deps: RecoveryDeps): Workflow {
  return async (flow, json) => {
    const input = json as unknown as Input;
    const { at, ...outcome } = await wayOf(input.approved)(deps, flow, input);
    const result: AttemptResult = { step: input.stepId, attempt: input.attempt, ...outcome };
    await flow.send(input.runId, { result, at } as unknown as JsonObject);
    deps.crash('step.told', input.stepId);
  };
}

/** Watches a Region that could not be fenced, for as long as it takes. */
export function guardFlow(look: (guardId: string) => Promise<boolean>): Workflow {
  return async (flow, input) => {
    const { guardId } = GuardInput.parse(input);
    for (let turn = 1; !(await flow.step(`look ${turn}`, () => look(guardId))); turn += 1) {
      await flow.receive(lookEveryMs);
    }
  };
}

async function carry(deps: RecoveryDeps, flow: Flow, input: Input): Promise<Ended> {
  try {
    return await flow.step('attempt', async () => {
      const settled = await attemptStep(deps, { ...input, factsAt: input.stepId, byGuard: false });
      return { ...settled, at: deps.clock.now().toISOString() };
    });
  } catch (error) {
    const of = { incident: await incidentOf(deps, input.runId), run: input.runId, step: input.stepId };
    deps.log.error({ ...of, err: error }, 'an attempt ended with an error');
    const note = `Muster failed in the middle of it: ${error instanceof Error ? error.message : String(error)}`;
    const told = explain({ ...input, byGuard: false }, { status: 'unknown', note, output: null, effectSent: true });
    return { ...told, at: await readClock(deps, flow, 'failed at') };
  }
}

function wayOf(approved: PlannedStep): (deps: RecoveryDeps, flow: Flow, input: Input) => Promise<Ended> {
  if (isChecklist(approved)) return askPeople;
  return approved.kind === 'human' ? askPerson : carry;
}

/** For the log alone: it goes without where the store does not answer. */
async function incidentOf(deps: RecoveryDeps, runId: string): Promise<number | undefined> {
  const run = await deps.store.tx((tx) => readRun(tx, runId)).catch(() => null);
  return run?.incidentId;
}

async function askPerson(deps: RecoveryDeps, flow: Flow, input: Input): Promise<Ended> {
  const deadline = Date.parse(input.startedAt) + input.approved.timeoutMs;
  for (let look = 1; ; look += 1) {
    const answer = (await flow.receive(listenMs)) as unknown as Answer | null;
    const at = await readClock(deps, flow, `look ${look}`);
    if (answer) return { ...settle(answer), at };
    if (Date.parse(at) >= deadline) {
      return { status: 'failed', note: 'nobody answered by its timeout', output: null, effectSent: false, at };
    }
  }
}

/** A checklist: done once each item is answered, whoever answered it. Only a halted run answers the step as a whole. */
async function askPeople(deps: RecoveryDeps, flow: Flow, input: Input): Promise<Ended> {
  const deadline = Date.parse(input.startedAt) + input.approved.timeoutMs;
  for (let look = 1; ; look += 1) {
    const heard = Heard.safeParse(await flow.receive(listenMs));
    const found = await flow.step(`look ${look}`, () => lookAtChecklist(deps, input));
    if ('settled' in found) return { ...found.settled, at: found.at };
    if (heard.success) return { ...settle(heard.data), at: found.at };
    if (Date.parse(found.at) >= deadline) {
      const note = `not answered by its timeout: ${found.open.join(', ')}`;
      return { status: 'failed', note, output: null, effectSent: false, at: found.at };
    }
  }
}

function settle({ done, by, note }: Answer): Settled {
  if (!done) return { status: 'failed', note: `${by}: ${note || 'not done'}`, output: null, effectSent: false };
  const output = { answered_by: by, note };
  return { status: 'done', note: note ? `${by}: ${note}` : `by ${by}`, output, effectSent: false };
}

async function readClock(deps: RecoveryDeps, flow: Flow, name: string): Promise<string> {
  return flow.step(name, async () => deps.clock.now().toISOString());
}
