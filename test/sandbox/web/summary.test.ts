import { describe, expect, it } from '@jest/globals';
import { measuredOf } from '../../../sandbox/web/src/run/measured.ts';
import { summaryOf } from '../../../sandbox/web/src/run/summary.ts';
import { iso, minutes, news, show } from './run-told.ts';

describe('the words above the chart', () => {
  const run = {
    status: 'ended',
    outcome: 'succeeded-with-exceptions',
    endedAt: iso(20),
    exceptions: ['Serving skipped'],
  };

  it('says who may approve, and what is known of the time', () => {
    const summary = summaryOf(show({ run: null, consents: [{}] }), minutes(5), (name) => name.toUpperCase());
    expect(summary.headline).toBe('Waits for approval: Fail over to the standby Region');
    expect(summary.waits).toEqual([
      { what: 'Approval of failover, code ABC123', who: 'BEN or DOV may approve, for another 28 min' },
    ]);
    expect(summary.facts).toContain('RTO 1 h: 55 min left');
  });

  it('never looks like success where something was left out', () => {
    const summary = summaryOf(show({ run }), minutes(40), String);
    expect(summary).toMatchObject({ sign: '!', exceptions: ['Serving skipped'] });
    expect(summary.headline).toContain('Succeeded with exceptions');
  });

  it('says once of an undo that it is one', () => {
    const shown = show({ run: { purpose: 'undo', status: 'ended', outcome: 'undone', endedAt: iso(20) } });
    const headline = (outcome: 'undone' | 'failed') => {
      const plan = { ...shown.plan, purpose: 'undo' as const, title: 'Undo: Database is broken' };
      const run = shown.run && { ...shown.run, run: { ...shown.run.run, outcome } };
      return summaryOf({ ...shown, plan, run }, minutes(40), String).headline;
    };
    expect(headline('undone')).toBe('Undone: Database is broken');
    expect(headline('failed')).toBe('Failed: Undo: Database is broken');
  });

  it('has what was measured beside its objective, and what was not observed as that', () => {
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
      { name: 'RPO', value: 'not observed', verdict: 'not shown to be met' },
    ]);
  });
});
