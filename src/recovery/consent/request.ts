import { Refusal } from '../../domain/errors.ts';
import type { Person } from '../../domain/person.ts';
import type { Plan } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { verdictOf } from '../../domain/verdict.ts';
import { newestConsentOfPlan } from '../../store/consents.ts';
import { updatePlan } from '../../store/plans.ts';
import type { RecoveryDeps } from '../deps.ts';
import { refuseUnlessMayRun } from '../may-run.ts';
import { sealPlan } from '../plan/digest.ts';
import { readPlanOrRefuse } from '../read.ts';
import type { ConsentAsk } from '../recovery.ts';
import { lockOpenIncident } from './lock-incident.ts';
import { openConsent } from './open-consent.ts';

/** A plan older than this is made again before anybody consents to it. */
const planLifetimeMs = 30 * 60_000;

/** The requester's own consent. Returns the request's id. */
export async function requestConsent(deps: RecoveryDeps, ask: ConsentAsk, by: Person): Promise<string> {
  return deps.store.tx(async (tx) => {
    const { incidentId, command } = await readPlanOrRefuse(tx, ask.planId);
    await lockOpenIncident(tx, incidentId);
    await refuseUnlessMayRun(tx, deps, { incidentId, command }, by);
    const plan = await readPlanOrRefuse(tx, ask.planId);
    refuseStale(deps, plan);
    refuseWrongPhrase(plan, ask.phrase);
    await refuseAskedBefore(tx, plan);
    const carried = carry(plan, ask.accept, by);
    refuseUnready(carried);
    await updatePlan(tx, carried);
    return openConsent(tx, deps, { plan: carried, amendment: null, runId: null }, by);
  });
}

function refuseStale(deps: RecoveryDeps, plan: Plan): void {
  const age = deps.clock.now().getTime() - Date.parse(plan.madeAt);
  if (age > planLifetimeMs) {
    throw new Refusal(
      `This plan is from ${plan.madeAt}, more than 30 minutes ago: make it again with /dr ${plan.command}.`,
    );
  }
}

function refuseWrongPhrase(plan: Plan, typed: string): void {
  if (plan.phrase === null || typed.trim() === plan.phrase) return;
  throw new Refusal(`Type ${plan.phrase}, in just these letters, to ask for this. Nothing has been done.`, 'phrase');
}

async function refuseAskedBefore(tx: Tx, plan: Plan): Promise<void> {
  const before = await newestConsentOfPlan(tx, plan.id);
  if (before) {
    throw new Refusal(
      `${plan.command} ${before.code} was asked for before and is ${before.state}. Make a new plan to ask again.`,
    );
  }
}

function carry(plan: Plan, accept: Record<string, string>, by: Person): Plan {
  const acceptances = verdictOf(plan)
    .problems.filter((problem) => problem.carry === 'with-reason' && accept[problem.check]?.trim())
    .map((problem) => ({ check: problem.check, reason: (accept[problem.check] ?? '').trim(), by: by.name }));
  return sealPlan({ ...plan, acceptances });
}

function refuseUnready(plan: Plan): void {
  const [problem] = verdictOf(plan).problems;
  if (problem) throw new Refusal(problem.sentence, problem.carry === 'with-reason' ? problem.check : undefined);
}
