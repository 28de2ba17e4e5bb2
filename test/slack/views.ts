import type { DraftView, Preview, UpdateForm } from '../../src/broadcast/broadcast.ts';
import { audiences } from '../../src/domain/audience.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Run } from '../../src/domain/run.ts';
import type { TimelineEntry } from '../../src/domain/timeline.ts';
import type {
  AudienceView,
  ChecklistView,
  ConsentView,
  IncidentView,
  ReviewView,
  RunView,
} from '../../src/domain/views.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { runOf, stateOf } from '../support/rows.ts';

export const now = new Date('2026-03-01T14:30:00Z');
const timezone = 'Europe/Berlin';

export function incidentOf(over: Partial<Incident> = {}): Incident {
  return {
    id: 7,
    kind: 'incident',
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
    audiences: [],
    acknowledged: null,
    simulated: false,
    ...over,
  };
}

export function checklistViewOf(over: Partial<ChecklistView> = {}): ChecklistView {
  const open = { owner: null, dueAt: null, answer: null, answeredBy: null, reason: null, answeredAt: null };
  return {
    incidentId: 7,
    runId: 'run_1',
    command: 'validate',
    step: 'functions',
    title: 'Functions of the system',
    instructions: '',
    over: null,
    items: [
      { ...open, id: 'login', text: 'People can sign in' },
      { ...open, id: 'reports', text: 'Reports are made' },
    ],
    now,
    timezone,
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

export function runViewOf(over: Partial<Omit<RunView, 'run'>> & { run?: Partial<Run> } = {}): RunView {
  const plan =
    over.plan ??
    planOf([plannedStep('fence', { fence: true }), plannedStep('promote', { needs: ['fence'] })], { code: 'K7F3Q2' });
  const run = runOf({ ...plan, incidentId: 7 }, new Date('2026-03-01T14:20:00Z'), over.run);
  const steps = over.steps ?? plan.steps.map((step) => stateOf(step.id));
  const rest = {
    now,
    impactBeganAt: new Date('2026-03-01T14:00:00Z'),
    timezone,
    progress: {},
    asking: [],
    undoable: false,
    standstill: null,
    simulated: false,
  };
  return { ...rest, ...over, run, plan, steps };
}

/** What each audience was told and is owed: `late` ones are over their time. */
export function audienceViewsOf(late = false): AudienceView[] {
  const dueAt = new Date(now.getTime() + (late ? -1 : 1) * 600_000);
  return audiences.map((audience, index) => ({
    audience,
    rule: (['automatic', 'automatic', 'approved', 'holding'] as const)[index] ?? 'never',
    toldAt: index === 3 ? null : new Date(now.getTime() - 1_200_000),
    dueAt,
    promised: index === 3 ? null : dueAt,
    kept: 3,
    broken: index,
  }));
}

/** The editor's beginning, with as many components as there are services. */
export function updateFormOf(
  components: number,
  words = 'Checkout fails.',
  over: Partial<UpdateForm> = {},
): UpdateForm {
  const dueAt = new Date(now.getTime() + 600_000);
  return {
    incidentId: 7,
    label: 'INC-7',
    timezone,
    now,
    audiences: audiences.map((audience) => ({
      audience,
      rule: 'automatic',
      dueAt,
      promised: audience === 'public' ? null : dueAt,
      due: audience === 'stakeholders',
      mayTell: true,
    })),
    inside: words,
    outside: words,
    page: {
      status: 'investigating',
      components: Object.fromEntries(
        Array.from({ length: components }, (_, index) => [
          `cmp_${index}`,
          { service: `service-${index}`, status: 'major_outage' as const },
        ]),
      ),
      canPost: true,
      open: false,
    },
    ...over,
  };
}

export function previewsOf(text: string): Preview[] {
  return [
    { audience: 'responders', to: ['#inc-7-checkout-fails'], text },
    { audience: 'stakeholders', to: ['#stakeholders', 'mail to 3 addresses'], text },
    { audience: 'customers', to: ['mail to 40 addresses'], text },
    { audience: 'public', to: ['page page01'], text },
  ];
}

export function draftViewOf(text: string, over: Partial<DraftView> = {}): DraftView {
  const dueAt = new Date(now.getTime() + 300_000);
  return {
    incidentId: 7,
    label: 'INC-7',
    commander: 'ana',
    round: 2,
    state: 'waiting',
    endedBy: null,
    told: [],
    dueAt,
    now,
    timezone,
    canSnooze: true,
    previews: previewsOf(text).map((preview) => ({ ...preview, rule: 'automatic', dueAt })),
    simulated: false,
    ...over,
  };
}

export function entryOf(id: number, text: string): TimelineEntry {
  return { id, incidentId: 7, at: now, kind: 'message', who: 'ana', text, editedAt: null, removedAt: null };
}

export function reviewViewOf(over: Partial<ReviewView> = {}): ReviewView {
  return {
    id: 'review_1',
    kind: 'post-mortem',
    incidentId: 7,
    label: 'INC-7',
    title: 'Checkout fails for everybody',
    subject: 'What happened, and what is to be done.',
    askedAt: now,
    dueAt: new Date(now.getTime() + 172_800_000),
    reviewedBy: null,
    reviewedAt: null,
    now,
    timezone,
    simulated: false,
    ...over,
  };
}
