import { describe, expect, it } from '@jest/globals';
import { summaryOf } from '../../../sandbox/web/src/run/summary.ts';
import { stateOf } from '../../support/rows.ts';
import { chart, endOf, granted, iso, lineOf, minutes, ran, rowOf, show, steps } from './run-told.ts';

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

  it('says how long a step took from one whole second to the other, as the times of the post-mortem do', () => {
    const at = (second: number) => minutes(6) + second * 1000;
    const replica = ran('replica', 6, 7, {
      startedAt: new Date(at(0.9)).toISOString(),
      endedAt: new Date(at(8.3)).toISOString(),
    });
    expect(rowOf(chart({ states: [replica] }, 12), 'replica').says).toBe('done 8s');
    const run = { status: 'ended', outcome: 'succeeded', startedAt: replica.startedAt, endedAt: replica.endedAt };
    expect(summaryOf(show({ states: [replica], run }), minutes(12), String).facts).toContainEqual(
      expect.stringMatching(/^took 8 s, planned/),
    );
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

describe('the end of a run', () => {
  const run = { status: 'ended', outcome: 'succeeded-with-exceptions', endedAt: iso(20) };

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
});
