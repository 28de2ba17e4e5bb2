import { beforeEach } from '@jest/globals';
import { post } from '../../src/broadcast/post.ts';
import { Refusal } from '../../src/domain/errors.ts';
import { Home, type Schedule } from '../../src/domain/home.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import type { Person } from '../../src/domain/person.ts';
import type { PlanVerdict } from '../../src/domain/plan.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { RunOutcome } from '../../src/domain/run.ts';
import { scheduleWatch } from '../../src/schedules/create-schedules.ts';
import type { SchedulesDeps } from '../../src/schedules/deps.ts';
import { scheduleSubscriber } from '../../src/schedules/subscriber.ts';
import { insertIncident } from '../../src/store/incidents.ts';
import { insertPlan } from '../../src/store/plans.ts';
import { endRun, insertRun } from '../../src/store/runs.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { planOf } from '../support/plans.ts';
import { runOf } from '../support/rows.ts';
import { type Stores, useStore } from '../support/stores.ts';
import { townHome } from '../support/town.ts';

export const hourMs = 3_600_000;

export function yardHome(schedules: Record<string, Partial<Schedule> & { at: string }>): Home {
  const named = Object.entries(schedules).map(([name, one]) => [name, { command: 'look', owner: 'ana', ...one }]);
  return Home.parse({ ...townHome, timezone: 'UTC', schedules: Object.fromEntries(named) });
}

/** One row of what became of a schedule's times: `08:00 asked`. */
export type Row = { schedule: string; at: string; state: string; why: string | null; runId: string | null };

/** Schedules on a store of their own; what recovery does of a start is written as recovery would write it. */
export function useYard(stores: Stores, first: Home) {
  const clock = createManualClock('2026-11-22T00:00:00Z');
  const errors: unknown[] = [];
  const script: {
    verdict: PlanVerdict;
    asked: Person[];
    refuse: string | null;
    planning: () => Promise<void>;
    /** What happens around the start: within its transaction, and once it has committed. */
    starting: (moment: 'within' | 'after') => void;
    underway: Incident[];
  } = {
    underway: [],
    verdict: 'ready',
    asked: [],
    refuse: null,
    planning: async () => {},
    starting: () => {},
  };
  let home = first;
  let last = 0;
  const words = () => ({
    home,
    commands: [],
    clock,
    real: clock,
    simulated: false,
    crash: noCrash,
    post: (tx: Parameters<typeof post>[1], what: Parameters<typeof post>[2]) => post({ real: clock }, tx, what),
  });
  const store = useStore(stores, [async (tx, fact) => scheduleSubscriber(words())(tx, fact)]);
  const deps = (over: Partial<SchedulesDeps> = {}): SchedulesDeps => ({
    ...words(),
    store: store(),
    groups: async (id) => (id === 'S0RESP' ? ['U0EVE', 'U0FAY'] : Promise.reject(new Error('cannot be read'))),
    rolesOf: async (by) => new Set(by.name === 'cat' ? ['publishers'] : ['commanders']),
    recovery: recoveryOf(store, { script, next: (prefix) => `${prefix}_${++last}`, now: () => clock.now() }),
    onError: (error) => errors.push(error),
    ...over,
  });
  beforeEach(async () => {
    await store().tx((tx) => tx.query('delete from occurrence'));
    await store().tx((tx) => tx.query('delete from schedule'));
    await store().tx((tx) => tx.query('delete from outbox'));
    errors.length = 0;
    Object.assign(script, {
      verdict: 'ready',
      asked: [],
      refuse: null,
      planning: async () => {},
      starting: () => {},
      underway: [],
    });
    // Every test begins a day of its own.
    await clock.advance(24 * hourMs - (clock.now().getTime() % (24 * hourMs)));
    home = first;
  });
  return {
    clock,
    errors,
    script,
    deps,
    store,
    /** Another muster.yml from now on. */
    setHome: (next: Home) => {
      home = next;
    },
    /** A process that has just begun. */
    boot: (over: Partial<SchedulesDeps> = {}) => scheduleWatch(deps(over)),
    rows: (): Promise<Row[]> =>
      store().tx((tx) =>
        tx.query<Row>(
          `select schedule, to_char(due_at at time zone 'UTC', 'HH24:MI') as at, state, why, run_id as "runId"
           from occurrence order by due_at, schedule`,
        ),
      ),
    /** `direct U0ANA missed`, in the order in which they were decided. */
    told: async (): Promise<string[]> => {
      const rows = await store().tx((tx) =>
        tx.query<{ document: Outgoing }>('select document from outbox order by id'),
      );
      return rows.flatMap(({ document }) => sayTold(document));
    },
    /** A run of these inputs by a person, as recovery starts it. */
    runBy: (person: string, inputs: Record<string, string | number> = {}) =>
      startRun(store(), { by: person, inputs, id: ++last, now: clock.now() }),
    end: (runId: string, outcome: RunOutcome) =>
      store().tx(async (tx) => {
        await endRun(tx, runId, { outcome, exceptions: [], note: null, at: clock.now() });
        await tx.tell({ kind: 'RunEnded', incidentId: 1, runId, outcome });
      }),
  };
}

function sayTold(document: Outgoing): string[] {
  if (document.to !== 'slack' || document.do !== 'post') return [];
  const { place, notice } = document;
  const where = place.in === 'direct' ? `direct ${place.slack}` : place.in === 'channel' ? place.name : 'incident';
  if (notice.kind === 'schedule') return [`${where} card`];
  if (notice.kind !== 'schedule-told') return [];
  return [`${where} ${notice.what}${notice.earlier > 0 ? ` and ${notice.earlier}` : ''}`];
}

function recoveryOf(
  store: () => Store,
  of: {
    script: {
      verdict: PlanVerdict;
      asked: Person[];
      refuse: string | null;
      planning: () => Promise<void>;
      starting: (moment: 'within' | 'after') => void;
      underway: Incident[];
    };
    next: (prefix: string) => string;
    now: () => Date;
  },
): SchedulesDeps['recovery'] {
  const { script, next, now } = of;
  return {
    underway: async () => script.underway,
    openRecord: async ({ requestKey }) => store().tx((tx) => record(tx, requestKey, now())),
    plan: async ({ incidentId, command, inputs }, by) => {
      script.asked.push(by);
      await script.planning();
      const plan = planOf([], { id: next('plan'), incidentId, command, inputs, requestedBy: by.name });
      await store().tx((tx) => insertPlan(tx, plan));
      const problems = script.verdict === 'ready' ? [] : [{ sentence: 'The bucket does not answer.' }];
      return { plan, verdict: script.verdict, problems };
    },
    request: async ({ planId }, by) => {
      if (script.refuse !== null) throw new Refusal(script.refuse);
      await store().tx(async (tx) => {
        const run = runOf({ id: planId, incidentId: 1, command: 'look', purpose: 'run' }, now(), {
          id: next('run'),
          startedBy: by.name,
        });
        await insertRun(tx, run);
        await tx.tell({ kind: 'RunStarted', incidentId: 1, runId: run.id });
        script.starting('within');
      });
      script.starting('after');
    },
  };
}

async function record(tx: Parameters<typeof insertIncident>[0], requestKey: string, at: Date) {
  const one = { kind: 'routine', title: 'Routines', severity: '', services: [], scenario: null } as const;
  const who = { commander: 'ana', declaredBy: 'muster', impactBeganAt: at, declaredAt: at };
  const made = await insertIncident(tx, { ...one, ...who, requestKey: 'routines' });
  const [known] = await tx.query<{ id: number }>('select id::int from incident where request_key = $1', ['routines']);
  if (!made && !known) throw new Error(`no record for ${requestKey}`);
  return { ...(made ?? known) } as Awaited<ReturnType<SchedulesDeps['recovery']['openRecord']>>;
}

async function startRun(
  store: Store,
  of: { by: string; inputs: Record<string, string | number>; id: number; now: Date },
): Promise<string> {
  const plan = planOf([], { id: `plan_${of.id}`, incidentId: 1, command: 'look', inputs: of.inputs });
  const run = runOf(plan, of.now, { id: `run_${of.id}`, startedBy: of.by });
  await store.tx(async (tx) => {
    await record(tx, 'routines', of.now);
    await insertPlan(tx, plan);
    await insertRun(tx, run);
    await tx.tell({ kind: 'RunStarted', incidentId: 1, runId: run.id });
  });
  return run.id;
}
