import { describe, expect, it } from '@jest/globals';
import { shownOf } from '../../../sandbox/web/src/run/shown.ts';
import { chart, endOf, type Given, iso, lineOf, minutes, news, rowOf, show } from './run-told.ts';

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

  it('shows what is asked for now rather than a run that is over', () => {
    const again = {
      run: { status: 'ended', outcome: 'failed', endedAt: iso(20) },
      consents: [{ requestedAt: iso(25) }],
    };
    expect(show(again).run).toBeNull();
  });
});
