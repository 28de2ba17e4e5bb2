import { z } from 'zod';
import type { JsonObject } from '../../domain/json.ts';
import {
  endMachine,
  initialMachine,
  isOver,
  type Machine,
  outcomeOf,
  readySteps,
  startStep,
  takeResult,
  takeSteer,
} from '../../domain/machine.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { Flow, Workflow } from '../../domain/ports/engine.ts';
import type { AttemptResult, Steer } from '../../domain/run.ts';
import type { RecoveryDeps } from '../deps.ts';
import { readPlanOrRefuse, readRunOrRefuse } from '../read.ts';
import type { Answer } from './attempt-flow.ts';
import { writeEnd, writeTurn } from './turn.ts';
import { untilWritten } from './until-written.ts';

/** What comes into a run's mailbox. */
export type Mail = { result: AttemptResult; at: string } | { steer: Steer; at: string };

const RunInput = z.object({ runId: z.string() });

/** How long a run listens before it listens again. */
const listenMs = 60_000;

/**
 * A run: one actor with one mailbox. It starts steps as early as their needs allow, takes what they come to and what
 * people say, and writes every turn down once.
 */
export function runFlow(deps: RecoveryDeps): Workflow {
  return async (flow, input) => {
    const { runId } = RunInput.parse(input);
    const { plan, at } = await open(deps, flow, runId);
    deps.crash('run.opened', plan.command);
    const approved = new Map<string, PlannedStep>(plan.steps.map((step) => [step.id, step]));
    let machine = initialMachine(plan);
    let now = at;
    for (let turn = 1; ; turn += 1) {
      const ready = readySteps(plan, machine);
      machine = ready.reduce((before, id) => startStep(before, id, now), machine);
      const written = machine;
      await flow.step(`turn ${turn}`, () =>
        untilWritten(deps, plan, runId, () => writeTurn(deps, { runId, plan, turn, machine: written })),
      );
      await startAttempts(flow, { runId, machine, ready, approved, now });
      if (isOver(plan, machine)) break;
      const mail = await listen(flow);
      const before = machine;
      machine = takeMail(plan, machine, mail, approved);
      if (haltOf(before) === null) await letPeopleGo(flow, { runId, machine, approved });
      now = mail.at;
    }
    const ended = endMachine(machine);
    const end = { runId, plan, machine: ended, ...outcomeOf(plan, ended) };
    await flow.step('end', () => untilWritten(deps, plan, runId, () => writeEnd(deps, end)));
  };
}

async function open(deps: RecoveryDeps, flow: Flow, runId: string): Promise<{ plan: Plan; at: string }> {
  return flow.step('open', () =>
    deps.store.tx(async (tx) => {
      const run = await readRunOrRefuse(tx, runId);
      const plan = await readPlanOrRefuse(tx, run.planId);
      return { plan, at: run.startedAt.toISOString() };
    }),
  );
}

async function listen(flow: Flow): Promise<Mail> {
  for (;;) {
    const mail = await flow.receive(listenMs);
    if (mail !== null) return mail as unknown as Mail;
  }
}

function takeMail(plan: Plan, machine: Machine, mail: Mail, approved: Map<string, PlannedStep>): Machine {
  if ('result' in mail) return takeResult(plan, machine, mail.result, mail.at);
  const { steer } = mail;
  if (steer.word === 'amend' && steer.amendment.kind === 'accept-drift') {
    approved.set(steer.amendment.step, steer.amendment.planned);
  }
  return takeSteer(machine, steer);
}

function haltOf({ aborted, stopped }: Machine): string | null {
  return aborted ?? stopped;
}

/** A run that has just been halted waits for nobody: a checkpoint has no effect that would have to be seen to its end. */
async function letPeopleGo(
  flow: Flow,
  of: { runId: string; machine: Machine; approved: ReadonlyMap<string, PlannedStep> },
): Promise<void> {
  const why = haltOf(of.machine);
  if (why === null) return;
  const asked = of.machine.steps.filter(
    ({ id, status }) => status === 'running' && of.approved.get(id)?.kind === 'human',
  );
  const answer: Answer = { done: false, by: 'muster', note: why };
  for (const { id, attempt } of asked) {
    await flow.send(attemptId(of.runId, id, attempt), answer as unknown as JsonObject);
  }
}

async function startAttempts(
  flow: Flow,
  of: { runId: string; machine: Machine; ready: string[]; approved: Map<string, PlannedStep>; now: string },
): Promise<void> {
  const outputs = Object.fromEntries(of.machine.steps.flatMap((step) => (step.output ? [[step.id, step.output]] : [])));
  for (const id of of.ready) {
    const attempt = of.machine.steps.find((step) => step.id === id)?.attempt ?? 1;
    const planned = of.approved.get(id);
    if (!planned) continue;
    const input = { runId: of.runId, stepId: id, attempt, startedAt: of.now, outputs, approved: planned };
    await flow.start('attempt', attemptId(of.runId, id, attempt), input as unknown as JsonObject);
  }
}

export function attemptId(runId: string, stepId: string, attempt: number): string {
  return `${runId}/${stepId}/${attempt}`;
}
