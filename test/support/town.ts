import { join } from 'node:path';
import { beforeAll } from '@jest/globals';
import type { BroadcastDeps } from '../../src/broadcast/deps.ts';
import { broadcastSubscriber } from '../../src/broadcast/subscriber.ts';
import { loadTemplates } from '../../src/broadcast/templates/load-templates.ts';
import type { Say, SayMail, Templates } from '../../src/broadcast/templates/sentences.ts';
import type { Command } from '../../src/domain/command.ts';
import { Home } from '../../src/domain/home.ts';
import { personBySlack } from '../../src/domain/identity.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import type { Person } from '../../src/domain/person.ts';
import type { PlannedStep } from '../../src/domain/plan.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import type { Store, Tx } from '../../src/domain/ports/store.ts';
import { type RunOutcome, recovered } from '../../src/domain/run.ts';
import { createIncidents } from '../../src/incidents/create-incidents.ts';
import type { IncidentsDeps } from '../../src/incidents/deps.ts';
import type { Incidents } from '../../src/incidents/incidents.ts';
import { followGroups } from '../../src/incidents/renew-members.ts';
import { incidentSubscriber } from '../../src/incidents/subscriber.ts';
import { measureRecovery } from '../../src/reports/recovery.ts';
import { insertPlan, readPlan } from '../../src/store/plans.ts';
import { endRun, insertRun, readRun } from '../../src/store/runs.ts';
import { readSteps, saveSteps } from '../../src/store/steps.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { plannedStep, planOf } from './plans.ts';
import { runOf, stateOf } from './rows.ts';
import { type Stores, useStore } from './stores.ts';

export const shippedTemplates = join(import.meta.dirname, '../../templates');

export const townHome = Home.parse({
  version: 1,
  timezone: 'Europe/Berlin',
  system: {
    name: 'acme',
    title: 'Acme Shop',
    regions: { primary: 'us-east-1', recovery: 'us-west-2' },
    objectives: { rto: '4h', rpo: '1h' },
    services: {
      api: { rto: '1h', rpo: '15m', component: 'cmp_api' },
      web: { component: 'cmp_web' },
      billing: { component: 'cmp_billing' },
    },
  },
  severities: { P1: {}, P2: {}, P3: {} },
  people: { ana: { slack: 'U0ANA' }, ben: { slack: 'U0BEN' }, cat: { slack: 'U0CAT' }, dov: { slack: 'U0DOV' } },
  roles: {
    responders: ['ana', 'ben', 'group:S0RESP'],
    commanders: ['ana'],
    approvers: ['group:S0APPR', 'ben'],
    publishers: ['cat'],
  },
  channels: { incidents: '#incidents' },
  statuspage: { page: 'page01' },
});

export const ana = personBySlack(townHome, 'U0ANA');
export const ben = personBySlack(townHome, 'U0BEN');
export const cat = personBySlack(townHome, 'U0CAT');
export const dov = personBySlack(townHome, 'U0DOV');
/** Known to Slack alone, as a member of a group. */
export const eve = personBySlack(townHome, 'U0EVE');

/** Muster's words and incidents on a store of their own, with everything outside left to the test. */
export interface Town {
  clock: ManualClock;
  store: () => Store;
  groups: Map<string, string[]>;
  incidents: () => Incidents;
  /** Looks once at who is in which group now, by this muster.yml. */
  followGroups: (home?: Home) => Promise<void>;
  /** To build a broadcast on; tests add the couriers. */
  broadcast: (over?: Partial<BroadcastDeps>) => BroadcastDeps;
  errors: unknown[];
  declare: (over?: { title?: string; services?: string[]; by?: Person; severity?: string }) => Promise<Incident>;
  /** Writes a run as recovery would, and tells that it has started. */
  startRun: (
    incidentId: number,
    over?: { purpose?: 'run' | 'undo'; steps?: PlannedStep[]; left?: string[] },
  ) => Promise<string>;
  endRun: (
    incidentId: number,
    runId: string,
    outcome: RunOutcome,
    over?: { note?: string; exceptions?: string[] },
  ) => Promise<void>;
  outbox: (incidentId: number) => Promise<{ key: string; lane: string; document: Outgoing; state: string }[]>;
  /** The sentences that are out or due for an incident, in order. */
  sentences: (incidentId: number) => Promise<string[]>;
}

export interface TownOptions {
  hasStatuspageKey?: boolean;
  home?: Home;
  can?: Partial<BroadcastDeps['can']>;
  simulated?: boolean;
  commands?: readonly Command[];
}

export function useTown(stores: Stores, over: TownOptions = {}): Town {
  const home = over.home ?? townHome;
  const clock = createManualClock();
  let last = 0;
  const ids = { next: (prefix: string) => `${prefix}_${++last}` };
  const groups = new Map([
    ['S0RESP', ['U0EVE']],
    ['S0APPR', ['U0DOV', 'U0FAY']],
  ]);
  const errors: unknown[] = [];
  let templates: Templates | undefined;
  beforeAll(async () => {
    templates = await loadTemplates({ shippedDir: shippedTemplates });
  });
  const words = {
    home,
    commands: over.commands ?? [],
    clock,
    real: clock,
    ids,
    simulated: over.simulated ?? false,
    say: ((name, input) => (templates ?? fail()).say(name, input)) as Say,
    mail: ((name, input) => (templates ?? fail()).mail(name, input)) as SayMail,
    can: { page: over.hasStatuspageKey ?? true, mail: true, pager: true, ...over.can },
  };
  const store = useStore(stores, [incidentSubscriber({ clock }), broadcastSubscriber({ ...words, nudge: () => {} })]);
  const ofIncidents = (): IncidentsDeps => ({
    store: store(),
    home,
    commands: words.commands,
    clock,
    groups: async (id) => groups.get(id) ?? Promise.reject(new Error(`${id} cannot be read`)),
    measure: (tx: Tx, incident: Incident) => measureRecovery(tx, incident, home),
    simulated: false,
    crash: noCrash,
  });
  const incidents = (): Incidents => createIncidents(ofIncidents());
  const outbox = (incidentId: number) =>
    store().tx((tx) =>
      tx.query<{ key: string; lane: string; document: Outgoing; state: string }>(
        `select key, lane, document, state from outbox
         where document->>'incidentId' = $1 or document->'place'->>'incidentId' = $1
            or document->'notice'->>'incidentId' = $1 or document->'place'->>'in' = 'direct'
         order by id`,
        [String(incidentId)],
      ),
    );
  return {
    clock,
    store,
    groups,
    incidents,
    followGroups: (by = home) => followGroups({ ...ofIncidents(), home: by }),
    errors,
    outbox,
    broadcast: (more = {}) => ({
      ...words,
      store: store(),
      couriers: [],
      painter: { paint: async () => ({ state: 'sent', receipt: {} }) },
      crash: noCrash,
      log: { info: () => {}, warn: () => {} },
      onError: (error) => errors.push(error),
      loops: { idleMs: 5 },
      ...more,
    }),
    declare: ({ title = 'Checkout fails', services = ['api'], by = ana, severity = 'P1' } = {}) =>
      incidents().declare(
        {
          title,
          severity,
          services,
          impactBeganAt: new Date(clock.now().getTime() - 600_000),
          requestKey: ids.next('form'),
        },
        by,
      ),
    startRun: async (incidentId, { purpose = 'run', steps = [plannedStep('scale'), servingStep], left = [] } = {}) => {
      const plan = planOf(steps, { id: ids.next('plan'), incidentId, purpose, left });
      const run = runOf(plan, clock.now(), { id: ids.next('run') });
      await store().tx(async (tx) => {
        await insertPlan(tx, plan);
        await insertRun(tx, run);
        await tx.tell({ kind: 'RunStarted', incidentId, runId: run.id });
      });
      return run.id;
    },
    endRun: (incidentId, runId, outcome, { note, exceptions = [] } = {}) =>
      store().tx(async (tx) => {
        if (recovered.includes(outcome)) await doAll(tx, runId, clock.now());
        await endRun(tx, runId, { outcome, exceptions, note: note ?? null, at: clock.now() });
        await tx.tell({ kind: 'RunEnded', incidentId, runId, outcome });
      }),
    sentences: async (incidentId) =>
      (await outbox(incidentId)).flatMap(({ document }) =>
        document.to === 'slack' &&
        document.do === 'post' &&
        document.notice.kind === 'sentence' &&
        document.place.in === 'incident'
          ? [document.notice.text]
          : [],
      ),
  };
}

/** People are seen served by it. */
const servingStep = plannedStep('serving', { uses: 'http.check', kind: 'read', risk: 'read', needs: ['scale'] });

/** What has ended well has done its steps, unless a test has said what became of them. */
async function doAll(tx: Tx, runId: string, at: Date): Promise<void> {
  const run = await readRun(tx, runId);
  const plan = run && (await readPlan(tx, run.planId));
  if (!plan || (await readSteps(tx, runId)).length > 0) return;
  const times = { startedAt: at.toISOString(), endedAt: at.toISOString() };
  const states = plan.steps.map(({ id, risk }) =>
    stateOf(id, { status: 'done', effectSent: risk !== 'read', ...times }),
  );
  await saveSteps(tx, runId, states);
}

function fail(): never {
  throw new Error('Templates are loaded only while tests run.');
}
