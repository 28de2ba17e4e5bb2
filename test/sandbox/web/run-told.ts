import type { RecoveryNews } from '../../../sandbox/recovery-news.ts';
import { type Gantt, ganttOf } from '../../../sandbox/web/src/run/gantt.ts';
import { type Shown, shownOf } from '../../../sandbox/web/src/run/shown.ts';
import type { PlannedStep } from '../../../src/domain/plan.ts';
import type { StepState } from '../../../src/domain/run.ts';
import { plannedStep, planOf } from '../../support/plans.ts';
import { stateOf } from '../../support/rows.ts';

const impact = Date.parse('2026-03-01T14:00:00.000Z');
export const minutes = (count: number): number => impact + count * 60_000;
export const iso = (count: number): string => new Date(minutes(count)).toISOString();

export const steps = [
  plannedStep('fence', { needs: ['replica'], fence: true, estimateMs: 60_000 }),
  plannedStep('replica', { kind: 'read', risk: 'read', estimateMs: 60_000 }),
  plannedStep('promote', { needs: ['fence'], risk: 'irreversible', estimateMs: 480_000 }),
  plannedStep('tell', { always: true, estimateMs: 0, noChange: true }),
  plannedStep('serving', { needs: ['promote'], estimateMs: 120_000 }),
];
const plan = planOf(steps, { pointOfNoReturn: 'promote', criticalPath: ['replica', 'fence', 'promote', 'serving'] });

export const ran = (id: string, from: number, to: number | null, over: Partial<StepState> = {}): StepState => {
  const status = to === null ? 'running' : 'done';
  return stateOf(id, {
    status,
    attempt: 1,
    startedAt: iso(from),
    endedAt: to === null ? null : iso(to),
    ...over,
  });
};

export interface Given {
  planned?: PlannedStep[];
  states?: StepState[];
  run?: object | null;
  consents?: object[];
  answered?: object[];
  attempts?: object[];
  incident?: object;
}

/** What the bot tells, as far as the chart looks at it. */
export function news(given: Given = {}): RecoveryNews {
  const { planned = plan.steps, states = [], run = {}, incident = {} } = given;
  const whole = { ...plan, steps: planned };
  return {
    incident: {
      incident: { id: 7, kind: 'incident', impactBeganAt: iso(0), commander: 'ana' },
      recovery: null,
      asked: [{ code: 'ABC123', of: ['ben', 'dov'] }],
      ...incident,
    },
    run:
      run === null
        ? null
        : {
            run: {
              id: 'run_1',
              status: 'running',
              outcome: null,
              exceptions: [],
              note: null,
              startedAt: iso(6),
              endedAt: null,
              ...run,
            },
            plan: whole,
            steps: planned.map(({ id }) => states.find((state) => state.id === id) ?? stateOf(id)),
            progress: {},
            standstill: null,
          },
    consents: (given.consents ?? []).map((consent) => ({ ...asked, plan: whole, ...consent })),
    answered: given.answered ?? [],
    attempts: given.attempts ?? [],
  } as unknown as RecoveryNews;
}

const asked = {
  id: 'consent_1',
  code: 'ABC123',
  amendment: null,
  runId: null,
  requestedBy: 'ana',
  requestedAt: iso(3),
  expiresAt: iso(33),
  needed: 1,
  approvals: [],
  state: 'pending',
  brokenGlass: null,
};
export const granted = { ...asked, state: 'granted', endedAt: iso(6), approvals: [{ by: 'ben', at: iso(6) }] };

export function show(given: Given): Shown {
  const shown = shownOf(news(given));
  if (!shown) throw new Error('there is nothing to show');
  return shown;
}
export const chart = (given: Given, now: number): Gantt => ganttOf(show(given), minutes(now));
export const rowOf = ({ rows }: Gantt, key: string) => {
  const row = rows.find((one) => one.key === key);
  if (!row) throw new Error(`no row ${key}`);
  return row;
};
export const lineOf = ({ lines }: Gantt, kind: string) => lines.find((line) => line.kind === kind);
export const endOf = ({ left, width }: { left: number; width: number }): number => left + width;
