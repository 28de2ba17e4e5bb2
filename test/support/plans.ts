import type { Check } from '../../src/domain/action.ts';
import type { Plan, PlannedStep } from '../../src/domain/plan.ts';

/** A planned step that passes; tests say only what they are about. */
export function plannedStep(id: string, over: Partial<PlannedStep> = {}): PlannedStep {
  return {
    id,
    title: `Step ${id}`,
    uses: 'ecs.scale-service',
    version: 1,
    kind: 'converge',
    risk: 'reversible',
    traffic: 'none',
    services: ['api'],
    fence: false,
    always: false,
    needs: [],
    onFailure: 'pause',
    timeoutMs: 600_000,
    retry: { attempts: 1, backoffMs: 10_000 },
    with: {},
    input: {},
    later: {},
    target: { region: 'us-west-2', resource: `ecs:dr-cluster/${id}` },
    before: { count: 1 },
    after: { count: 10 },
    binds: ['count'],
    noChange: false,
    checks: [],
    fencing: null,
    estimateMs: 60_000,
    undo: 'puts the captured count back',
    undoable: true,
    controlPlane: null,
    dataAtRisk: null,
    ...over,
  };
}

export function planOf(steps: PlannedStep[], over: Partial<Plan> = {}): Plan {
  return {
    id: 'plan_1',
    incidentId: 1,
    purpose: 'run',
    undoes: null,
    command: 'failover',
    title: 'Fail over to the standby Region',
    scenario: 'region-outage',
    phrase: 'FAILOVER',
    approvals: 1,
    mode: 'graceful',
    inputs: { tasks: 10 },
    regions: { active: 'us-east-1', standby: 'us-west-2', primary: 'us-east-1', recovery: 'us-west-2' },
    account: '123456789012',
    objectives: { rtoMs: 3_600_000, rpoMs: 900_000 },
    scope: {},
    steps,
    acceptances: [],
    criticalPathMs: 600_000,
    criticalPath: steps.map((step) => step.id),
    rtoLeftMs: 3_000_000,
    pointOfNoReturn: null,
    madeAt: '2026-03-01T14:00:00.000Z',
    requestedBy: 'ana',
    digest: '',
    code: '',
    ...over,
  };
}

export function checkOf(verdict: Check['verdict'], over: Partial<Check> = {}): Check {
  return { id: 'lag', title: 'replica lag', verdict, expected: 'at most 15m', found: verdict, carry: 'never', ...over };
}
