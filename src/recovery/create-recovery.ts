import { Refusal } from '../domain/errors.ts';
import type { Workflow } from '../domain/ports/engine.ts';
import { pendingConsents } from '../store/consents.ts';
import { readIncident } from '../store/incidents.ts';
import { currentRun } from '../store/runs.ts';
import { approveConsent, breakGlass } from './consent/approve.ts';
import { requestConsent } from './consent/request.ts';
import { watchConsents } from './consent/watch.ts';
import type { RecoveryDeps } from './deps.ts';
import { refuseUnlessMayRun } from './may-run.ts';
import { makePlan } from './plan/make-plan.ts';
import { makeUndoPlan } from './plan/plan-undo.ts';
import { consentView, readPlanOrRefuse, viewConsent, viewRun } from './read.ts';
import { viewChecklist } from './read-checklist.ts';
import type { Recovery } from './recovery.ts';
import { attemptFlow, guardFlow } from './run/attempt-flow.ts';
import { runFlow } from './run/run-flow.ts';
import { lookForReturn } from './run/watch-return.ts';
import { retryStep, skipStep } from './steer/amend.ts';
import { answerCheckpoint } from './steer/answer.ts';
import { answerItems } from './steer/answer-items.ts';
import { abortRun, pauseRun, resumeRun } from './steer/steer.ts';

/** Recovery with its workflows, and the look at waiting consents that a loop repeats. */
export interface RecoveryParts {
  recovery: Recovery;
  workflows: Record<'run' | 'attempt' | 'guard', Workflow>;
  watchConsents: () => Promise<void>;
}

export function createRecovery(deps: RecoveryDeps): RecoveryParts {
  return {
    recovery: useCases(deps),
    workflows: {
      run: runFlow(deps),
      attempt: attemptFlow(deps),
      guard: guardFlow((guardId) => lookForReturn(deps, guardId)),
    },
    watchConsents: () => watchConsents(deps),
  };
}

function useCases(deps: RecoveryDeps): Recovery {
  const { store } = deps;
  const readConsent = (id: string): ReturnType<Recovery['readConsent']> => store.tx((tx) => viewConsent(tx, deps, id));
  return {
    commands: () => deps.commands,
    plan: (ask, by) => makePlan(deps, ask, by),
    planUndo: (ask, by) => makeUndoPlan(deps, ask, by),
    post: (planId, by) =>
      store.tx(async (tx) => {
        const plan = await readPlanOrRefuse(tx, planId);
        await refuseUnlessMayRun(tx, deps, plan, by);
        await tx.tell({ kind: 'PlanPosted', incidentId: plan.incidentId, planId });
      }),
    request: async (ask, by) => readConsent(await requestConsent(deps, ask, by)),
    approve: async (ask, by) => readConsent(await approveConsent(deps, ask, by)),
    breakGlass: async (ask, by) => readConsent(await breakGlass(deps, ask, by)),
    pause: (ask, by) => pauseRun(deps, ask, by),
    resume: (ask, by) => resumeRun(deps, ask, by),
    abort: (ask, by) => abortRun(deps, ask, by),
    retry: (ask, by) => retryStep(deps, ask, by),
    skip: (ask, by) => skipStep(deps, ask, by),
    answer: (ask, by) => answerCheckpoint(deps, ask, by),
    answerItems: (ask, by) => answerItems(deps, ask, by),
    readPlan: (planId) => store.tx((tx) => readPlanOrRefuse(tx, planId)),
    readConsent,
    readRun: (runId) => store.tx((tx) => viewRun(tx, deps, runId)),
    readChecklist: (ask) => store.tx((tx) => viewChecklist(tx, deps, ask)),
    currentRun: (incidentId) =>
      store.tx(async (tx) => {
        if (!(await readIncident(tx, incidentId))) throw new Refusal(`There is no incident INC-${incidentId}.`);
        const run = await currentRun(tx, incidentId);
        return run && viewRun(tx, deps, run.id);
      }),
    pendingConsents: (incidentId) =>
      store.tx(async (tx) => {
        const views = [];
        for (const consent of await pendingConsents(tx, incidentId)) views.push(await consentView(tx, deps, consent));
        return views;
      }),
  };
}
