import type { JsonObject } from './json.ts';
import type { Amendment, Plan, PlannedStep } from './plan.ts';

/**
 * What people consent to: everything that decides what will be done and to what. Readings, estimates and times are not
 * in it, for they move every second.
 */
export function consentOf(plan: Plan, amendment: Amendment | null = null): JsonObject {
  return {
    command: plan.command,
    purpose: plan.purpose,
    undoes: plan.undoes,
    incident: plan.incidentId,
    mode: plan.mode,
    inputs: plan.inputs,
    regions: { ...plan.regions },
    account: plan.account,
    approvals: plan.approvals,
    steps: plan.steps.map(consentOfStep),
    acceptances: plan.acceptances.map(({ check, reason }) => ({ check, reason })),
    amendment: amendment === null ? null : consentOfAmendment(amendment),
  };
}

/** The part of a step that an effect must still match when its turn comes. */
export function consentOfStep(step: PlannedStep): JsonObject {
  return {
    id: step.id,
    uses: step.uses,
    version: step.version,
    risk: step.risk,
    traffic: step.traffic,
    fence: step.fence,
    fencing: step.fencing,
    needs: step.needs,
    always: step.always,
    onFailure: step.onFailure,
    with: step.with,
    later: step.later,
    target: step.target === null ? null : { ...step.target },
    before: pick(step.before, step.binds),
    after: pick(step.after, step.binds),
    verdicts: Object.fromEntries(step.checks.map((check) => [check.id, check.verdict])),
  };
}

function consentOfAmendment(amendment: Amendment): JsonObject {
  const { kind, step, reason } = amendment;
  return amendment.kind === 'accept-drift'
    ? { kind, step, reason, planned: consentOfStep(amendment.planned) }
    : { kind, step, reason };
}

export function pick(from: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(fields.filter((field) => field in from).map((field) => [field, from[field] ?? null]));
}
