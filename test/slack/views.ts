import type { Incident } from '../../src/domain/incident.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Run, StepState } from '../../src/domain/run.ts';
import type { ConsentView, IncidentView, RunView } from '../../src/domain/views.ts';
import { plannedStep, planOf } from '../support/plans.ts';

export const now = new Date('2026-03-01T14:30:00Z');
const timezone = 'Europe/Berlin';

export function incidentOf(over: Partial<Incident> = {}): Incident {
  return {
    id: 7,
    title: 'Checkout fails for everybody',
    severity: 'P1',
    phase: 'investigating',
    services: ['api'],
    scenario: 'region-outage',
    commander: 'ana',
    declaredBy: 'ana',
    impactBeganAt: new Date('2026-03-01T14:00:00Z'),
    declaredAt: new Date('2026-03-01T14:04:00Z'),
    resolvedAt: null,
    closedAt: null,
    channel: 'C0INC7',
    channelName: 'inc-7-checkout-fails',
    ...over,
  };
}

export function incidentViewOf(over: Partial<IncidentView> = {}): IncidentView {
  return {
    incident: incidentOf(),
    timezone,
    systemTitle: 'Acme Shop',
    now,
    active: [{ service: 'api', region: 'us-east-1' }],
    run: null,
    guards: [],
    recovery: null,
    publicPage: { state: 'none', url: null },
    simulated: false,
    ...over,
  };
}

/** A plan of `count` steps that say as much as steps ever do. */
export function longPlan(count: number, words: string): Plan {
  const steps = Array.from({ length: count }, (_, index) =>
    plannedStep(`step_${index}`, {
      title: words.slice(0, 75),
      risk: index % 3 === 0 ? 'irreversible' : 'reversible',
      traffic: index % 4 === 0 ? 'latching' : 'none',
      fence: index % 5 === 0,
      fencing: index % 5 === 0 ? 'deferred' : null,
      controlPlane: 'us-east-1',
      needs: index === 0 ? [] : [`step_${index - 1}`],
      before: Object.fromEntries(Array.from({ length: 12 }, (_, field) => [`field_${field}`, words])),
      after: Object.fromEntries(Array.from({ length: 12 }, (_, field) => [`field_${field}`, `${words} and more`])),
      checks: Array.from({ length: 6 }, (_, check) => ({
        id: `check_${check}`,
        title: words,
        verdict: (['pass', 'fail', 'unknown'] as const)[check % 3] ?? 'pass',
        expected: words,
        found: words,
        carry: 'with-reason' as const,
      })),
      dataAtRisk: { seconds: index, explain: words },
      undo: words,
    }),
  );
  return planOf(steps, { code: 'K7F3Q2', title: words.slice(0, 75), phrase: 'FAILOVER' });
}

export function consentViewOf(over: Partial<ConsentView> = {}): ConsentView {
  return {
    id: 'consent_1',
    code: 'K7F3Q2',
    plan: planOf([plannedStep('scale')], { code: 'K7F3Q2', incidentId: 7 }),
    amendment: null,
    runId: null,
    requestedBy: 'ana',
    requestedAt: now,
    expiresAt: new Date(now.getTime() + 1_800_000),
    needed: 1,
    approvals: [],
    state: 'pending',
    brokenGlass: null,
    timezone,
    simulated: false,
    ...over,
  };
}

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

export function runViewOf(over: Partial<Omit<RunView, 'run'>> & { run?: Partial<Run> } = {}): RunView {
  const plan =
    over.plan ??
    planOf([plannedStep('fence', { fence: true }), plannedStep('promote', { needs: ['fence'] })], { code: 'K7F3Q2' });
  const run: Run = {
    id: 'run_1',
    incidentId: 7,
    planId: plan.id,
    command: 'failover',
    purpose: 'run',
    status: 'running',
    note: null,
    outcome: null,
    exceptions: [],
    startedBy: 'ana',
    startedAt: new Date('2026-03-01T14:20:00Z'),
    endedAt: null,
    ...over.run,
  };
  const steps = over.steps ?? plan.steps.map((step) => stateOf(step.id));
  const rest = {
    now,
    impactBeganAt: new Date('2026-03-01T14:00:00Z'),
    timezone,
    progress: {},
    asking: [],
    undoable: false,
    simulated: false,
  };
  return { ...rest, ...over, run, plan, steps };
}
