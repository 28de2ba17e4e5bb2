import type { Fact } from '../../src/domain/facts.ts';
import { Home } from '../../src/domain/home.ts';
import { personBySlack } from '../../src/domain/identity.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import type { Tx } from '../../src/domain/ports/store.ts';
import type { StepState } from '../../src/domain/run.ts';
import { createIncidents } from '../../src/incidents/create-incidents.ts';
import type { Incidents } from '../../src/incidents/incidents.ts';
import { incidentSubscriber } from '../../src/incidents/subscriber.ts';
import { measureRecovery } from '../../src/reports/recovery.ts';
import { insertBroadcast, type NewBroadcast } from '../../src/store/broadcasts.ts';
import { type ConsentRow, insertConsent } from '../../src/store/consents.ts';
import type { OpenStore } from '../../src/store/open.ts';
import { insertPlan } from '../../src/store/plans.ts';
import { insertRun } from '../../src/store/runs.ts';
import { saveSteps } from '../../src/store/steps.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { consentOf, runOf, stateOf } from '../support/rows.ts';
import { type Stores, useStore } from '../support/stores.ts';

export const groundHome = Home.parse({
  version: 1,
  timezone: 'Europe/Berlin',
  system: {
    name: 'acme',
    title: 'Acme Shop',
    regions: { primary: 'us-east-1', recovery: 'us-west-2' },
    objectives: { rto: '4h', rpo: '1h' },
    services: { api: { rto: '1h', rpo: '15m' }, web: {} },
  },
  severities: { P1: { public_within: '15m' }, P2: {} },
  people: { ana: { slack: 'U0ANA' }, ben: { slack: 'U0BEN' }, cat: { slack: 'U0CAT' }, dov: { slack: 'U0DOV' } },
  roles: { responders: ['ana', 'ben'], commanders: ['ana'], approvers: ['ben'], publishers: ['cat'] },
  channels: { incidents: '#incidents', stakeholders: '#stakeholders' },
  statuspage: { page: 'page01' },
});

export const [ana, ben, cat, dov] = ['U0ANA', 'U0BEN', 'U0CAT', 'U0DOV'].map((id) => personBySlack(groundHome, id)) as [
  ReturnType<typeof personBySlack>,
  ReturnType<typeof personBySlack>,
  ReturnType<typeof personBySlack>,
  ReturnType<typeof personBySlack>,
];

/** Incidents and their timeline on a store of their own; what others would do is written and told by the test. */
export interface Ground {
  clock: ManualClock;
  store: () => OpenStore;
  incidents: () => Incidents;
  declare(over?: { title?: string }): Promise<Incident>;
  tell(...facts: Fact[]): Promise<void>;
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  minutes(many: number): Promise<void>;
  /** `who: text` of each entry, in order. */
  lines(incidentId: number): Promise<string[]>;
  plan(incidentId: number, over?: Partial<Plan>): Promise<Plan>;
  run(plan: Plan): Promise<string>;
  steps(runId: string, ...steps: Partial<StepState>[]): Promise<void>;
  consent(plan: Plan, over?: Partial<ConsentRow>): Promise<string>;
  said(incidentId: number, over: Partial<NewBroadcast> & Pick<NewBroadcast, 'audience'>): Promise<string>;
}

export function useGround(stores: Stores): Ground {
  const clock = createManualClock();
  let last = 0;
  const next = (prefix: string) => `${prefix}_${++last}`;
  const store = useStore(stores, [incidentSubscriber({ clock })]);
  const write: Ground['write'] = (work) => store().tx(work);
  const incidents = (): Incidents =>
    createIncidents({
      store: store(),
      home: groundHome,
      commands: [],
      clock,
      groups: async () => [],
      measure: (tx, incident) => measureRecovery(tx, incident, groundHome),
      simulated: false,
      crash: noCrash,
    });
  const tell: Ground['tell'] = (...facts) =>
    write(async (tx) => {
      for (const fact of facts) await tx.tell(fact);
    });
  return {
    clock,
    store,
    incidents,
    write,
    tell,
    minutes: (many) => clock.advance(many * 60_000),
    declare: ({ title = 'Checkout fails' } = {}) =>
      incidents().declare(
        {
          title,
          severity: 'P1',
          services: ['api'],
          impactBeganAt: new Date(clock.now().getTime() - 600_000),
          requestKey: next('form'),
        },
        ana,
      ),
    lines: async (incidentId) =>
      (await incidents().timeline.list(incidentId, ana)).map((entry) => `${entry.who}: ${entry.text}`),
    plan: async (incidentId, over = {}) => {
      const steps = over.steps ?? [plannedStep('scale', { title: 'Standby service has its tasks' })];
      const plan = planOf(steps, { id: next('plan'), incidentId, code: 'A1B2C3', ...over });
      await write((tx) => insertPlan(tx, plan));
      return plan;
    },
    run: async (plan) => {
      const run = runOf(plan, clock.now(), { id: next('run') });
      await write(async (tx) => {
        await insertRun(tx, run);
        await tx.tell({ kind: 'RunStarted', incidentId: plan.incidentId, runId: run.id });
      });
      return run.id;
    },
    steps: (runId, ...steps) =>
      write((tx) =>
        saveSteps(
          tx,
          runId,
          steps.map((step) =>
            stateOf('scale', { status: 'done', startedAt: clock.now().toISOString(), effectSent: true, ...step }),
          ),
        ),
      ),
    consent: async (plan, over = {}) => {
      const row = consentOf(plan, clock.now(), { id: next('consent'), code: plan.code, ...over });
      await write((tx) => insertConsent(tx, row));
      return row.id;
    },
    said: async (incidentId, over) => {
      const row: NewBroadcast = {
        id: next('words'),
        incidentId,
        origin: 'person',
        saidBy: 'ana',
        saidAt: clock.now(),
        body: 'Checkout is down.',
        note: null,
        requestKey: null,
        ...over,
      };
      const { id: broadcastId, audience, origin } = row;
      await write(async (tx) => {
        await insertBroadcast(tx, row);
        await tx.tell({ kind: 'BroadcastSaid', incidentId, broadcastId, audience, origin });
      });
      return broadcastId;
    },
  };
}
