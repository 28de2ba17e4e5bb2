import { sayCarried } from './carried.ts';
import { sayDeclined } from './checklist.ts';
import type { Plan } from './plan.ts';
import {
  type AttemptResult,
  type RunOutcome,
  type RunStatus,
  type Steer,
  type StepState,
  satisfied,
  troubled,
} from './run.ts';
import { withoutNext } from './trouble.ts';

/** The state of a run, moved only by the functions here: pure, so that a replay comes to the same. */
export interface Machine {
  /** Who holds it, and why; null when nobody does. */
  held: string | null;
  /** Who aborted it, and why: nothing more starts. */
  aborted: string | null;
  /** A step with `on_failure: stop` failed: nothing more starts. */
  stopped: string | null;
  ended: boolean;
  /** Steps that were let go on although what they found was not what was approved, and why. */
  amended: string[];
  steps: StepState[];
}

export function initialMachine(plan: Plan): Machine {
  const steps = plan.steps.map((step) => ({
    id: step.id,
    status: 'waiting' as const,
    attempt: 0,
    startedAt: null,
    endedAt: null,
    note: null,
    output: null,
    effectSent: false,
  }));
  return { held: null, aborted: null, stopped: null, ended: false, amended: [], steps };
}

/** Where the run stands and, in a sentence, why. */
export function standingOfRun(plan: Plan, machine: Machine): { status: RunStatus; note: string | null } {
  if (machine.ended) return { status: 'ended', note: machine.aborted ?? machine.stopped };
  if (machine.aborted) return { status: 'aborting', note: machine.aborted };
  const [trouble] = openTrouble(plan, machine);
  if (trouble)
    return { status: 'paused', note: `${trouble.id} ${trouble.status}: ${trouble.note ?? 'no reason given'}` };
  if (machine.held) return { status: 'paused', note: machine.held };
  return { status: 'running', note: machine.stopped };
}

/** Steps whose turn it is now, in written order. */
export function readySteps(plan: Plan, machine: Machine): string[] {
  if (standingOfRun(plan, machine).status === 'paused') return [];
  const halted = Boolean(machine.aborted ?? machine.stopped);
  const mainOver = plan.steps.every((step) => step.always || isSettled(plan, machine, step.id));
  return plan.steps
    .filter((step) => stateOf(machine, step.id).status === 'waiting')
    .filter((step) => {
      if (step.always) return mainOver && noneRunning(plan, machine, 'main');
      return !halted && step.needs.every((need) => isSatisfied(plan, machine, need));
    })
    .map((step) => step.id);
}

/** Over when nothing runs, nothing can start and nobody is asked. */
export function isOver(plan: Plan, machine: Machine): boolean {
  return (
    standingOfRun(plan, machine).status !== 'paused' &&
    noneRunning(plan, machine, 'all') &&
    readySteps(plan, machine).length === 0
  );
}

export function startStep(machine: Machine, id: string, at: string): Machine {
  return change(machine, id, (step) => ({
    ...step,
    status: 'running',
    attempt: step.attempt + 1,
    startedAt: step.startedAt ?? at,
    endedAt: null,
    note: null,
  }));
}

export function takeResult(plan: Plan, machine: Machine, result: AttemptResult, at: string): Machine {
  const current = stateOf(machine, result.step);
  if (current.status !== 'running' || current.attempt !== result.attempt) return machine;
  const moved = change(machine, result.step, (step) => ({
    ...step,
    status: result.status,
    note: result.note,
    output: result.output,
    endedAt: at,
    effectSent: result.effectSent,
  }));
  const stops = troubled.includes(result.status) && onFailureOf(plan, result.step) === 'stop';
  return stops
    ? { ...moved, stopped: `${result.step} ${result.status}: ${withoutNext(result.note ?? 'no reason given')}` }
    : moved;
}

export function takeSteer(machine: Machine, steer: Steer): Machine {
  if (machine.ended) return machine;
  switch (steer.word) {
    case 'pause':
      return { ...machine, held: `paused by ${steer.by}${because(steer.reason)}` };
    case 'resume':
      return { ...machine, held: null };
    case 'abort':
      return withoutAdvice({ ...machine, held: null, aborted: `aborted by ${steer.by}${because(steer.reason)}` });
    case 'retry':
      return again(machine, steer.step);
    case 'amend':
      return takeAmendment(machine, steer);
  }
}

/** Ends the run: what never had its turn is named as not run. */
export function endMachine(machine: Machine): Machine {
  return withoutAdvice({
    ...machine,
    ended: true,
    steps: machine.steps.map((step) => (step.status === 'waiting' ? { ...step, status: 'not-run' } : step)),
  });
}

/** What an ended run came to, computed from its steps alone. Whatever was not seen to be done is named. */
export function outcomeOf(plan: Plan, machine: Machine): { outcome: RunOutcome; exceptions: string[] } {
  const exceptions = [
    ...machine.steps
      .filter(isException)
      .map(({ id, status, note }) => `${id} ${sayStatus(status)}${because(note && withoutNext(note))}`),
    ...sayDeclined(machine.steps.filter(({ status }) => status === 'done')),
    ...sayCarried(plan),
    ...machine.amended,
  ];
  if (machine.aborted) return { outcome: 'aborted', exceptions };
  const failed = machine.stopped !== null || machine.steps.some((step) => failsRun(plan, step));
  if (failed) return { outcome: 'failed', exceptions };
  if (plan.purpose === 'undo') return { outcome: 'undone', exceptions };
  return { outcome: exceptions.length > 0 ? 'succeeded-with-exceptions' : 'succeeded', exceptions };
}

/** Steps that stopped short and for which the run waits for a person. */
export function openTrouble(plan: Plan, { steps }: Pick<Machine, 'steps'>): StepState[] {
  return steps.filter((step) => troubled.includes(step.status) && onFailureOf(plan, step.id) === 'pause');
}

/** Nobody can retry a step of a run that is over: what to do next would mislead. */
function withoutAdvice(machine: Machine): Machine {
  const steps = machine.steps.map((step) =>
    step.note && troubled.includes(step.status) ? { ...step, note: withoutNext(step.note) } : step,
  );
  return { ...machine, steps };
}

function takeAmendment(machine: Machine, { amendment, by }: Extract<Steer, { word: 'amend' }>): Machine {
  if (amendment.kind === 'accept-drift') {
    const found = `${amendment.step} went on with what it found: ${withoutStop(amendment.reason)}`;
    return again({ ...machine, amended: [...machine.amended, found] }, amendment.step);
  }
  const step = stateOf(machine, amendment.step);
  if (step.status !== 'waiting' && !troubled.includes(step.status)) return machine;
  const status = amendment.kind === 'skip' ? 'skipped' : 'deferred';
  return change(machine, amendment.step, (at) => ({ ...at, status, note: `${by}: ${amendment.reason}` }));
}

function isException(step: StepState): boolean {
  return !['done', 'unchanged'].includes(step.status);
}

function sayStatus(status: StepState['status']): string {
  return status === 'not-run' ? 'was not run' : status;
}

function failsRun(plan: Plan, step: StepState): boolean {
  if (step.status === 'not-run' || step.status === 'waiting' || step.status === 'running') return true;
  return troubled.includes(step.status) && onFailureOf(plan, step.id) !== 'continue';
}

function isSatisfied(plan: Plan, machine: Machine, id: string): boolean {
  return !plan.steps.some((step) => step.id === id) || satisfied.includes(stateOf(machine, id).status);
}

/** Done with for good: it has ended, or what it needs has come to nothing, or nothing more may start. */
function isSettled(plan: Plan, machine: Machine, id: string): boolean {
  const { status } = stateOf(machine, id);
  if (status !== 'waiting') return status !== 'running';
  if (machine.aborted ?? machine.stopped) return true;
  const needs = plan.steps.find((planned) => planned.id === id)?.needs ?? [];
  return needs.some((need) => !isSatisfied(plan, machine, need) && isSettled(plan, machine, need));
}

function again(machine: Machine, id: string): Machine {
  if (!troubled.includes(stateOf(machine, id).status)) return machine;
  return change(machine, id, (step) => ({ ...step, status: 'waiting', note: null, endedAt: null }));
}

function noneRunning(plan: Plan, machine: Machine, which: 'main' | 'all'): boolean {
  return plan.steps.every(
    (step) => (which === 'main' && step.always) || stateOf(machine, step.id).status !== 'running',
  );
}

function onFailureOf(plan: Plan, id: string): 'pause' | 'continue' | 'stop' {
  return plan.steps.find((step) => step.id === id)?.onFailure ?? 'pause';
}

function stateOf(machine: Machine, id: string): StepState {
  const step = machine.steps.find((at) => at.id === id);
  if (!step) throw new RangeError(`no step ${id} in this run`);
  return step;
}

function change(machine: Machine, id: string, to: (step: StepState) => StepState): Machine {
  return { ...machine, steps: machine.steps.map((step) => (step.id === id ? to(step) : step)) };
}

/** A sentence inside another loses its full stop. */
function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

function because(reason: string | null): string {
  return reason ? `: ${withoutStop(reason)}` : '';
}
