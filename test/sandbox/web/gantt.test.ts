import { describe, expect, it } from '@jest/globals';
import type { RecoveryNews } from '../../../sandbox/recovery-news.ts';
import { type Gantt, ganttOf } from '../../../sandbox/web/src/run/gantt.ts';
import { measuredOf } from '../../../sandbox/web/src/run/measured.ts';
import { type Shown, shownOf } from '../../../sandbox/web/src/run/shown.ts';
import { summaryOf } from '../../../sandbox/web/src/run/summary.ts';
import type { PlannedStep } from '../../../src/domain/plan.ts';
import type { StepState } from '../../../src/domain/run.ts';
import { plannedStep, planOf } from '../../support/plans.ts';
import { stateOf } from '../../support/rows.ts';

const impact = Date.parse('2026-03-01T14:00:00.000Z');
const minutes = (count: number): number => impact + count * 60_000;
const iso = (count: number): string => new Date(minutes(count)).toISOString();

const steps = [
  plannedStep('fence', { needs: ['replica'], fence: true, estimateMs: 60_000 }),
  plannedStep('replica', { kind: 'read', risk: 'read', estimateMs: 60_000 }),
  plannedStep('promote', { needs: ['fence'], risk: 'irreversible', estimateMs: 480_000 }),
  plannedStep('tell', { always: true, estimateMs: 0, noChange: true }),
  plannedStep('serving', { needs: ['promote'], estimateMs: 120_000 }),
];
const plan = planOf(steps, { pointOfNoReturn: 'promote', criticalPath: ['replica', 'fence', 'promote', 'serving'] });

const ran = (id: string, from: number, to: number | null, over: Partial<StepState> = {}): StepState => {
  const status = to === null ? 'running' : 'done';
  return stateOf(id, {
    status,
    attempt: 1,
    startedAt: iso(from),
    endedAt: to === null ? null : iso(to),
    ...over,
  });
};

interface Given {
  planned?: PlannedStep[];
  states?: StepState[];
  run?: object | null;
  consents?: object[];
  answered?: object[];
  attempts?: object[];
  incident?: object;
}

/** What the bot tells, as far as the chart looks at it. */
function news(given: Given = {}): RecoveryNews {
  const { planned = plan.steps, states = [], run = {}, incident = {} } = given;
  const whole = { ...plan, steps: planned };
  return {
    incident: {
      incident: { id: 7, impactBeganAt: iso(0), commander: 'ana' },
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
const granted = { ...asked, state: 'granted', endedAt: iso(6), approvals: [{ by: 'ben', at: iso(6) }] };

function show(given: Given): Shown {
  const shown = shownOf(news(given));
  if (!shown) throw new Error('there is nothing to show');
  return shown;
}
const chart = (given: Given, now: number): Gantt => ganttOf(show(given), minutes(now));
const rowOf = ({ rows }: Gantt, key: string) => {
  const row = rows.find((one) => one.key === key);
  if (!row) throw new Error(`no row ${key}`);
  return row;
};
const lineOf = ({ lines }: Gantt, kind: string) => lines.find((line) => line.kind === kind);
const endOf = ({ left, width }: { left: number; width: number }): number => left + width;

describe('the chart before a run', () => {
  const before: Given = { run: null, consents: [{}] };

  it('has nothing to show before anybody has asked', () => {
    expect(shownOf(news({ run: null }))).toBeNull();
  });

  it('has a row for the question and one for each step, in the order in which they can run', () => {
    const { rows } = chart(before, 5);
    expect(rows.map(({ key }) => key)).toEqual(['consent:consent_1', 'replica', 'fence', 'promote', 'serving', 'tell']);
  });

  it('draws the plan from now on, each step where what it needs ends', () => {
    const gantt = chart(before, 5);
    const [replica, fence, promote] = ['replica', 'fence', 'promote'].map((key) => rowOf(gantt, key).outline);
    expect(replica?.left).toBe(lineOf(gantt, 'now')?.left);
    expect(fence?.left).toBeCloseTo(endOf(replica ?? { left: 0, width: 0 }), 1);
    expect(promote?.width).toBeCloseTo((fence?.width ?? 0) * 8, 0);
    expect(gantt.rows.flatMap(({ key, bars }) => (bars.length > 0 ? [key] : []))).toEqual(['consent:consent_1']);
    expect(gantt.endsAt).toBe(minutes(5 + 1 + 1 + 8 + 2));
  });

  it('says who may approve, and what is known of the time', () => {
    const summary = summaryOf(show(before), minutes(5), (name) => name.toUpperCase());
    expect(summary.headline).toBe('Waits for approval: Fail over to the standby Region');
    expect(summary.waits).toEqual([
      { what: 'Approval of failover, code ABC123', who: 'BEN or DOV may approve, for another 28 min' },
    ]);
    expect(summary.facts).toContain('RTO 1 h: 55 min left');
  });

  it('shows what is asked for now rather than a run that is over', () => {
    const again = {
      run: { status: 'ended', outcome: 'failed', endedAt: iso(20) },
      consents: [{ requestedAt: iso(25) }],
    };
    expect(show(again).run).toBeNull();
  });
});

describe('the chart of a run', () => {
  const states = [ran('replica', 6, 7), ran('fence', 7, 9), ran('promote', 9, null)];

  it('has what has gone by as bars, and what is expected as outlines', () => {
    const gantt = chart({ states, answered: [granted] }, 12);
    expect(rowOf(gantt, 'consent:consent_1')).toMatchObject({ look: 'approved', says: 'by ben, 3m' });
    expect(rowOf(gantt, 'fence')).toMatchObject({ look: 'done', says: 'done 2m', outline: null });
    const promote = rowOf(gantt, 'promote');
    expect(promote).toMatchObject({ look: 'running', says: 'running 3m', critical: true, noReturn: true });
    expect(promote.bars).toMatchObject([{ look: 'running' }]);
    expect(promote.outline?.left).toBe(lineOf(gantt, 'now')?.left);
    expect(rowOf(gantt, 'serving')).toMatchObject({ look: 'waiting', says: 'after promote', bars: [] });
    expect(gantt.endsAt).toBe(minutes(9 + 8 + 2));
  });

  it('grows with time: the running bar reaches the line of now, and what waits moves on', () => {
    for (const now of [10, 14, 30]) {
      const gantt = chart({ states }, now);
      const [bar] = rowOf(gantt, 'promote').bars;
      expect(endOf(bar ?? { left: 0, width: 0 })).toBeCloseTo(lineOf(gantt, 'now')?.left ?? -1, 1);
      expect(gantt.endsAt).toBe(minutes(Math.max(17, now) + 2));
    }
  });

  it('keeps its scale while time goes by within it, so that what is over is not drawn again', () => {
    const early = chart({ states }, 11);
    const later = chart({ states }, 12);
    expect(rowOf(later, 'fence')).toEqual(rowOf(early, 'fence'));
    expect(later.ticks).toEqual(early.ticks);
  });

  it('draws the line of no return where the effect that cannot be taken back began', () => {
    const gantt = chart({ states }, 12);
    expect(lineOf(gantt, 'no-return')).toMatchObject({ at: minutes(9), left: rowOf(gantt, 'promote').bars[0]?.left });
  });

  it('marks attempts, and the waits for people between them', () => {
    const attempts = [{ step: 'promote', attempt: 1, at: iso(11), status: 'failed', againAt: iso(14) }];
    const again = [...states.slice(0, 2), ran('promote', 9, null, { attempt: 2 })];
    const row = rowOf(chart({ states: again, attempts }, 16), 'promote');
    expect(row.bars.map(({ look }) => look)).toEqual(['failed', 'person', 'running']);
    expect(row.attempt).toBe(2);
    expect(row.more).toContain('attempt 2');
  });

  it('waits for a person at a step that stopped short, and says why and who may act', () => {
    const failed = [...states.slice(0, 2), ran('promote', 9, 11, { status: 'failed', note: 'no quota' })];
    const given = { states: failed, run: { status: 'paused', note: 'promote failed: no quota' } };
    const gantt = chart(given, 13);
    expect(rowOf(gantt, 'promote').bars.map(({ look }) => look)).toEqual(['failed', 'person']);
    expect(rowOf(gantt, 'serving').outline).not.toBeNull();
    expect(summaryOf(show(given), minutes(13), String).waits).toEqual([
      { what: 'promote failed: no quota', who: 'A commander may retry or skip it' },
    ]);
  });

  it('expects nothing of what a failure was needed for, where the run goes on without it', () => {
    const planned = steps.map((step) => (step.id === 'promote' ? { ...step, onFailure: 'continue' as const } : step));
    const failed = [...states.slice(0, 2), ran('promote', 9, 11, { status: 'failed' })];
    const gantt = chart({ planned, states: failed }, 13);
    expect(rowOf(gantt, 'promote').outline).toBeNull();
    expect(rowOf(gantt, 'serving').outline).toBeNull();
    expect(rowOf(gantt, 'tell').outline).not.toBeNull();
  });

  it('puts a question about a step under that step', () => {
    const skip = { id: 'consent_2', runId: 'run_1', amendment: { kind: 'skip', step: 'fence', reason: 'dark' } };
    const keys = chart({ states, consents: [skip] }, 12).rows.map(({ key }) => key);
    expect(keys.slice(0, 3)).toEqual(['replica', 'fence', 'consent:consent_2']);
  });

  it('shows a person’s own step as a wait for a person', () => {
    const planned = steps.map((step) => (step.id === 'promote' ? { ...step, kind: 'human' as const } : step));
    const given = { planned, states };
    expect(rowOf(chart(given, 12), 'promote')).toMatchObject({ look: 'person', says: 'waits for a person 3m' });
    expect(summaryOf(show(given), minutes(12), String).waits).toMatchObject([
      { what: 'promote: Step promote', who: 'A responder or a commander answers it' },
    ]);
  });
});

describe('the lines of time', () => {
  const states = [ran('replica', 6, null)];

  it('shows an RTO that is far away, beyond a break', () => {
    const gantt = chart({ states }, 7);
    const rto = lineOf(gantt, 'rto');
    expect(rto).toMatchObject({ at: minutes(60), label: 'RTO' });
    expect(gantt.breaks).toHaveLength(1);
    expect(rto?.left).toBeGreaterThan(gantt.breaks[0] ?? 100);
    expect(gantt.ticks.every(({ left }) => left < (gantt.breaks[0] ?? 0))).toBe(true);
  });

  it('calls it missed once it has gone by, in words and not in colour alone', () => {
    const gantt = chart({ states: [ran('replica', 50, null)], run: { startedAt: iso(50) } }, 61);
    expect(lineOf(gantt, 'rto-missed')?.label).toBe('RTO missed');
    expect(lineOf(gantt, 'rto-missed')?.left).toBeLessThan(lineOf(gantt, 'now')?.left ?? 0);
  });

  it('is not missed by time that goes by after people were served', () => {
    const run = { status: 'ended', outcome: 'succeeded', endedAt: iso(20) };
    const gantt = chart({ states: [ran('replica', 6, 20)], run }, 90);
    expect(lineOf(gantt, 'rto')).toBeDefined();
    expect(lineOf(gantt, 'now')).toBeUndefined();
  });

  it('counts minutes from the impact, at few and whole places', () => {
    const { ticks } = chart({ states }, 7);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(ticks.every(({ minutes: count, at }) => at === minutes(count) && Number.isInteger(count))).toBe(true);
  });

  it('keeps labels apart that would touch', () => {
    const { lines } = chart({ states: [ran('replica', 6, 7), ran('fence', 7, 8), ran('promote', 8, null)] }, 8.1);
    const [now, noReturn] = ['now', 'no-return'].map((kind) => lines.find((line) => line.kind === kind));
    expect(now?.lane).not.toBe(noReturn?.lane);
  });
});

describe('the end of a run', () => {
  const run = {
    status: 'ended',
    outcome: 'succeeded-with-exceptions',
    endedAt: iso(20),
    exceptions: ['serving skipped'],
  };

  it('expects nothing more, and names what never had its turn', () => {
    const states = [
      ran('replica', 6, 20),
      stateOf('promote', { status: 'not-run' }),
      stateOf('fence', { status: 'skipped' }),
    ];
    const gantt = chart({ states, run }, 40);
    expect(gantt.rows.every(({ outline }) => outline === null)).toBe(true);
    expect(rowOf(gantt, 'promote')).toMatchObject({ look: 'not-run', says: 'not run', bars: [] });
    expect(rowOf(gantt, 'fence')).toMatchObject({ look: 'skipped', says: 'skipped' });
    expect(gantt.endsAt).toBe(minutes(20));
  });

  it('never looks like success where something was left out', () => {
    const summary = summaryOf(show({ run }), minutes(40), String);
    expect(summary).toMatchObject({ sign: '!', exceptions: ['serving skipped'] });
    expect(summary.headline).toContain('Succeeded with exceptions');
  });

  it('has what was measured beside its objective, and what was not observed as unknown', () => {
    expect(measuredOf(news({ run }))).toEqual([]);
    const recovery = {
      rtoMs: 3_660_000,
      rtoObjectiveMs: 3_600_000,
      rtoExplain: 'until serving',
      rpoMs: null,
      rpoObjectiveMs: 900_000,
      rpoExplain: 'the lag was not read',
    };
    expect(measuredOf(news({ run, incident: { recovery } }))).toMatchObject([
      { name: 'RTO', value: '1 h 1 min', objective: 'objective 1 h', verdict: 'missed' },
      { name: 'RPO', value: 'unknown', verdict: 'unknown' },
    ]);
  });
});
