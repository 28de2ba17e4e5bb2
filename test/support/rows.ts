import type { Recovery } from '../../src/domain/incident.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Run, StepState } from '../../src/domain/run.ts';
import type { ConsentRow } from '../../src/store/consents.ts';

/** A run that has begun; tests say only what they are about. */
export function runOf(
  plan: Pick<Plan, 'id' | 'incidentId' | 'command' | 'purpose'>,
  startedAt: Date,
  over: Partial<Run> = {},
): Run {
  return {
    id: 'run_1',
    incidentId: plan.incidentId,
    planId: plan.id,
    command: plan.command,
    purpose: plan.purpose,
    status: 'running',
    note: null,
    outcome: null,
    exceptions: [],
    startedBy: 'ana',
    startedAt,
    endedAt: null,
    ...over,
  };
}

/** A step whose turn has not come. */
export function stateOf(id: string, over: Partial<StepState> = {}): StepState {
  return {
    id,
    status: 'waiting',
    attempt: 1,
    startedAt: null,
    endedAt: null,
    note: null,
    output: null,
    effectSent: false,
    ...over,
  };
}

/** A request of ana's that waits for one approval. */
export function consentOf(
  plan: Pick<Plan, 'id' | 'incidentId'>,
  requestedAt: Date,
  over: Partial<ConsentRow> = {},
): ConsentRow {
  return {
    id: 'consent_1',
    incidentId: plan.incidentId,
    planId: plan.id,
    runId: null,
    amendment: null,
    code: '3F9A21',
    requestedBy: 'ana',
    requestedAt,
    expiresAt: new Date(requestedAt.getTime() + 1_800_000),
    needed: 1,
    state: 'pending',
    glassBrokenBy: null,
    glassReason: null,
    rung: 1,
    ...over,
  };
}

/** Of an incident in which nothing has recovered. */
export const unmeasured: Recovery = {
  rtoMs: null,
  rtoObjectiveMs: null,
  rtoExplain: '',
  rpoMs: null,
  rpoObjectiveMs: null,
  rpoExplain: '',
};
