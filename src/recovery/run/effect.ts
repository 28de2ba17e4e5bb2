import { createHash } from 'node:crypto';
import type { JsonObject } from '../../domain/json.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import { StoreUnreachable } from '../../store/failures.ts';
import { firstSent, readStepFacts, type StepFact } from '../../store/steps.ts';
import { cutOff } from '../plan/within.ts';
import { deferFence } from './arm-guard.ts';
import { sayAmiss, stopBeforeEffect } from './drift.ts';
import { sayThrown } from './explain.ts';
import { observeUntil, unseen } from './observe.ts';
import { recordAdvance, recordApplied, recordCalled, recordObserved, recordProgress, recordRefuted } from './record.ts';
import { replanStep } from './replan.ts';
import { deadlineOf, type Outcome, type Work } from './work.ts';

/** Sending an effect may take this long in real time before it counts as unanswered. */
const callLimitMs = 60_000;
/** How long after a look that showed nothing the far end is asked again. */
const lookAgainMs = 15_000;

/** What is known of an effect that has been sent. */
interface Sent {
  input: JsonObject;
  captured: JsonObject;
  receipt: JsonObject;
}

type Applied = { sent: Sent } | { ended: Outcome };

/** An effect, once: looked up if it may have been sent before, planned again if not, captured, sent, observed, verified. */
export async function carryEffect(work: Work): Promise<Outcome> {
  const facts = await work.deps.store.tx((tx) => readStepFacts(tx, work.at.runId, work.at.factsAt));
  const applied = (await findSent(work, facts)) ?? (await applyNow(work, isBegun(work, facts)));
  if ('ended' in applied) return applied.ended;
  return watch(work, applied.sent);
}

/** What converges by several calls may have stopped between them: not there yet, and not as it was before. */
function isBegun({ action }: Work, facts: readonly StepFact[]): boolean {
  if (action.kind === 'converge') return facts.some(({ fact }) => fact === 'called');
  return firstSent(facts) !== undefined;
}

/**
 * An effect that an earlier life or attempt may have sent is looked up, never blindly repeated. Only a person's retry of
 * what converges sends it anew: twice is the same as once.
 */
async function findSent(work: Work, facts: readonly StepFact[]): Promise<Applied | null> {
  const called = facts.findLast((fact) => fact.fact === 'called');
  if (!called) return null;
  const retried = called.attempt < work.at.attempt;
  if (retried && work.action.kind === 'converge') return null;
  const { input, captured } = called.data as { input: JsonObject; captured: JsonObject };
  const applied = facts.find((fact) => fact.fact === 'applied' && fact.attempt === called.attempt);
  // A person who retries doubts what was answered then: the far end is asked again.
  if (applied && !retried) return { sent: { input, captured, receipt: applied.data } };
  return lookUp(work, input, captured, called.attempt);
}

/** Asks the far end what became of it, again while that cannot be known, until the step's time is over. */
async function lookUp(work: Work, input: JsonObject, captured: JsonObject, attempt: number): Promise<Applied | null> {
  for (;;) {
    const found = await call(work, (ctx) => work.action.lookup(input, tokenOf(work), captured, ctx));
    if (found.happened === true) {
      await recordApplied(work, found.receipt, attempt);
      return { sent: { input, captured, receipt: found.receipt } };
    }
    if (found.happened === false) {
      await recordRefuted(work, attempt);
      return null;
    }
    if (found.happened === 'failed') return { ended: { status: 'failed', note: found.why, output: null } };
    const note = `it may have been sent, and whether it took effect cannot be read: ${found.why}`;
    const cause = found.cause ? { cause: found.cause } : {};
    if (work.deps.clock.now() >= deadlineOf(work.at))
      return { ended: { status: 'unknown', note, output: null, ...cause } };
    await recordProgress(work, note);
    await work.deps.rest(lookAgainMs);
  }
}

async function applyNow(work: Work, sentBefore: boolean): Promise<Applied> {
  const now = await planAgain(work);
  work.deps.crash('step.planned', work.at.stepId);
  const silence = silenceOfFence(work, now);
  if (silence !== null) return { ended: await deferFence(work, silence) };
  const stop = stopBeforeEffect(work.plan, { ...work.at, sentBefore }, now);
  if (stop) return { ended: { ...stop, output: null } };
  if (now.noChange) return { ended: await alreadySo(work, now) };
  return send(work, now);
}

async function send(work: Work, now: PlannedStep): Promise<Applied> {
  const { input } = now;
  const captured = await call(work, (ctx) => work.action.capture(input, ctx));
  const { target, before, after } = now;
  const planned = { target: target && { ...target }, before, after };
  await recordCalled(work, { input, captured, planned });
  work.deps.crash('step.captured', work.at.stepId);
  try {
    const receipt = await call(work, (ctx) => work.action.apply(input, tokenOf(work), captured, ctx));
    work.deps.crash('step.called', work.at.stepId);
    await recordApplied(work, receipt, work.at.attempt);
    work.deps.crash('step.applied', work.at.stepId);
    return { sent: { input, captured, receipt } };
  } catch (error) {
    if (error instanceof StoreUnreachable) throw error;
    const found = await lookUp(work, input, captured, work.at.attempt);
    return found ?? { ended: { status: 'failed', output: null, ...sayThrown(error) } };
  }
}

async function watch(work: Work, { input, receipt }: Sent): Promise<Outcome> {
  const { deps, action, ctx, at } = work;
  const watched = { input, receipt, ctx, deadline: deadlineOf(at), ...advanceOf(work, { input, receipt }) };
  const seen = await observeUntil(deps, action, watched, (progress) => recordProgress(work, progress));
  if (seen.state !== 'done') return unseen(seen);
  await recordObserved(work, seen.output);
  deps.crash('step.observed', at.stepId);
  const checks = await call(work, (context) => action.verify(input, seen.output, context));
  deps.crash('step.verified', at.stepId);
  const amiss = checks.find((check) => check.verdict !== 'pass');
  if (!amiss) return { status: 'done', note: null, output: seen.output };
  return { status: amiss.verdict === 'unknown' ? 'unknown' : 'failed', output: null, ...sayAmiss(amiss) };
}

/** How the rest of an effect is sent as it falls due: told in the audit log before it goes out, under the same lease. */
function advanceOf(
  work: Work,
  { input, receipt }: Pick<Sent, 'input' | 'receipt'>,
): { advance?: (due: string) => Promise<void> } {
  const { action } = work;
  if (!action.advance) return {};
  let told: string | null = null;
  return {
    async advance(due) {
      if (due !== told) await recordAdvance(work, due);
      told = due;
      await call(work, async (ctx) => action.advance?.(input, receipt, ctx));
    },
  };
}

/** Nothing to change: still observed, for what is not seen is not so. */
async function alreadySo(work: Work, now: PlannedStep): Promise<Outcome> {
  const { deps, action, ctx, at } = work;
  const seen = await observeUntil(
    deps,
    action,
    { input: now.input, receipt: null, ctx, deadline: deadlineOf(at) },
    (progress) => recordProgress(work, progress),
  );
  return seen.state === 'done' ? { status: 'unchanged', note: 'it was so already', output: seen.output } : unseen(seen);
}

/** What still cannot be read of a fence that was approved as deferred; null where it can be fenced now. */
function silenceOfFence({ plan, at }: Work, now: PlannedStep): string | null {
  if (at.approved.fencing !== 'deferred' || plan.mode !== 'ungraceful' || now.fencing !== 'deferred') return null;
  const unread = now.checks.find((check) => check.verdict === 'unknown' && check.carry === 'ungraceful');
  return unread?.found.replace(/\.$/, '') ?? 'its state could not be read';
}

function planAgain({ deps, at, plan, incidentId }: Work): Promise<PlannedStep> {
  const outputs = Object.entries(at.outputs).map(([id, output]) => ({ id, output }));
  return replanStep(deps, plan, { id: at.runId, incidentId }, at.stepId, outputs);
}

function call<T>(work: Work, to: (ctx: Work['ctx'] & { signal: AbortSignal }) => Promise<T>): Promise<T> {
  const sentence = `no answer within ${callLimitMs / 1000} seconds`;
  return cutOff(work.deps.stopwatch, callLimitMs, sentence, (signal) => to({ ...work.ctx, signal }));
}

/** The same however often it is sent: the service itself can tell a repetition. */
function tokenOf({ at }: Work): string {
  return createHash('sha256').update(`${at.runId}/${at.factsAt}`).digest('hex').slice(0, 36);
}
