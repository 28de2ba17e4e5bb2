import type { Incident } from '../../src/domain/incident.ts';
import type { Plan, PlannedStep } from '../../src/domain/plan.ts';
import type { Run, RunOutcome, StepState } from '../../src/domain/run.ts';
import type { ConsentView, IncidentView, RunView } from '../../src/domain/views.ts';
import { runOf, stateOf } from '../support/rows.ts';

export const now = new Date('2026-03-01T14:05:00Z');

export const incident: Incident = {
  id: 7,
  kind: 'incident',
  title: 'Checkout is down',
  severity: 'P1',
  phase: 'investigating',
  services: ['api'],
  scenario: null,
  commander: 'ana',
  declaredBy: 'ana',
  impactBeganAt: new Date('2026-03-01T14:00:00Z'),
  declaredAt: now,
  resolvedAt: null,
  closedAt: null,
  channel: 'C0INC7',
  channelName: 'inc-7-checkout-is-down',
};

export const incidentView: IncidentView = {
  incident,
  timezone: 'UTC',
  systemTitle: 'Acme Shop',
  now,
  active: [{ service: 'api', region: 'us-east-1' }],
  silent: [],
  standstill: false,
  run: null,
  rto: null,
  guards: [],
  members: [],
  asked: [],
  ranOut: null,
  recovery: null,
  publicPage: { state: 'none', url: null },
  audiences: [
    {
      audience: 'responders',
      rule: 'automatic',
      toldAt: null,
      dueAt: new Date('2026-03-01T14:35:00Z'),
      promised: null,
      kept: 0,
      broken: 0,
    },
    {
      audience: 'stakeholders',
      rule: 'automatic',
      toldAt: now,
      dueAt: new Date('2026-03-01T14:34:20Z'),
      promised: new Date('2026-03-01T14:35:00Z'),
      kept: 2,
      broken: 1,
    },
  ],
  acknowledged: null,
  simulated: false,
};

export function plannedStep(change: Partial<PlannedStep> & { id: string }): PlannedStep {
  return {
    title: change.id,
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
    retry: { attempts: 1, backoffMs: 0 },
    with: {},
    input: {},
    later: {},
    target: { region: 'us-west-2', resource: 'ecs:dr-cluster/app-service' },
    before: { count: 2 },
    after: { count: 10 },
    binds: ['count'],
    noChange: false,
    checks: [],
    fencing: null,
    estimateMs: 60_000,
    undo: 'sets the count back',
    undoable: true,
    controlPlane: null,
    dataAtRisk: null,
    ...change,
  };
}

export const plan: Plan = {
  id: 'plan_1',
  incidentId: 7,
  purpose: 'run',
  undoes: null,
  command: 'failover',
  title: 'Fail over to the standby Region',
  scenario: null,
  phrase: 'FAILOVER',
  approvals: 1,
  mode: 'graceful',
  inputs: { tasks: 10 },
  regions: { active: 'us-east-1', standby: 'us-west-2', primary: 'us-east-1', recovery: 'us-west-2' },
  account: '123456789012',
  objectives: { rtoMs: 3_600_000, rpoMs: 900_000 },
  scope: {},
  steps: [
    plannedStep({
      id: 'replica',
      uses: 'rds.check-replica',
      kind: 'read',
      risk: 'read',
      before: {},
      after: {},
      checks: [
        {
          id: 'lag',
          title: 'Replication lag',
          verdict: 'pass',
          expected: 'at most 15m',
          found: '3 s',
          carry: 'with-reason',
        },
      ],
      dataAtRisk: { seconds: 3, explain: 'the replica was 3 s behind at 14:04' },
    }),
    plannedStep({ id: 'scale' }),
    plannedStep({ id: 'fence', fence: true, fencing: 'deferred', needs: ['replica'] }),
    plannedStep({
      id: 'promote',
      uses: 'rds.promote-read-replica',
      risk: 'irreversible',
      needs: ['fence'],
      before: { role: 'replica' },
      after: { role: 'primary' },
      later: { address: ['scale'] },
      undo: 'cannot be undone: build a replica the other way',
      undoable: false,
      controlPlane: 'us-west-2',
    }),
    plannedStep({ id: 'ready', noChange: true, needs: ['promote'] }),
  ],
  acceptances: [],
  criticalPathMs: 520_000,
  criticalPath: ['replica', 'fence', 'promote', 'ready'],
  rtoLeftMs: 3_300_000,
  pointOfNoReturn: 'promote',
  madeAt: now.toISOString(),
  requestedBy: 'ana',
  digest: 'a1b2c3'.padEnd(64, '0'),
  code: 'A1B2C3',
};

export function consentView(change: Partial<ConsentView> = {}): ConsentView {
  return {
    id: 'consent_1',
    code: plan.code,
    plan,
    amendment: null,
    runId: null,
    requestedBy: 'ana',
    requestedAt: now,
    expiresAt: new Date('2026-03-01T14:35:00Z'),
    needed: 1,
    approvals: [],
    state: 'pending',
    brokenGlass: null,
    timezone: 'UTC',
    simulated: false,
    ...change,
  };
}

export function step(id: string, change: Partial<StepState> = {}): StepState {
  return stateOf(id, { attempt: 0, ...change });
}

export function runView(change: Partial<Run> = {}, steps: StepState[] = [step('replica'), step('promote')]): RunView {
  const began = incident.impactBeganAt;
  return {
    run: runOf(plan, now, change),
    plan,
    steps,
    now,
    impactBeganAt: began,
    timezone: 'UTC',
    progress: {},
    asking: [],
    undoable: false,
    standstill: null,
    simulated: false,
  };
}

export function ended(outcome: RunOutcome, change: Partial<Run> = {}): RunView {
  return runView({ status: 'ended', outcome, endedAt: now, ...change });
}
