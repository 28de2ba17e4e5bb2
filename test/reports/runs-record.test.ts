import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../../src/domain/plan.ts';
import type { Run } from '../../src/domain/run.ts';
import type { IncidentRecord, RunRecord } from '../../src/reports/post-mortem/record.ts';
import { writeRunsRecord } from '../../src/reports/runs-record.ts';
import { incidentOf, now } from '../slack/views.ts';
import { planOf } from '../support/plans.ts';
import { runOf } from '../support/rows.ts';
import { townHome as home } from '../support/town.ts';

const minutes = (many: number): Date => new Date(now.getTime() + many * 60_000);
const ran = (run: Partial<Run>, plan: Partial<Plan> = {}): RunRecord => {
  const planned = planOf([], { commandPurpose: 'drill', ...plan });
  return { plan: planned, run: { ...runOf(planned, now), ...run }, steps: [], sent: {} };
};
const nothing = { ms: null, explain: '' };

function recordOf(runs: RunRecord[]): IncidentRecord {
  return {
    incident: incidentOf({ kind: 'drill', severity: '', services: [] }),
    ...{ home, now, simulated: true, runs, escalation: null },
    recovery: {
      ...{ rtoMs: nothing.ms, rtoObjectiveMs: nothing.ms, rtoExplain: nothing.explain },
      ...{ rpoMs: nothing.ms, rpoObjectiveMs: nothing.ms, rpoExplain: nothing.explain },
    },
    ...{ consents: [], grants: [], said: [], promises: [], guards: [], reviews: [], timeline: [], scheduled: [] },
  };
}

/** The columns of one run: what it took against its RTO, and its outcome. */
function against(record: RunRecord): string[] {
  const row = writeRunsRecord(recordOf([record]))
    .split('\n')
    .find((line) => line.includes('| Fail over'));
  return (row ?? '')
    .split('|')
    .slice(-3, -1)
    .map((cell) => cell.trim());
}

describe('the record of a drill', () => {
  it('counts a run that ended well against the RTO of its command, and no other', () => {
    const over = (end: number) => ({ status: 'ended', outcome: 'succeeded', endedAt: minutes(end) }) as const;
    expect(against(ran(over(60)))).toEqual(['1h: within', 'succeeded']);
    expect(against(ran(over(61)))).toEqual(['1h: **over**', 'succeeded']);
    expect(against(ran({ ...over(5), outcome: 'failed' }))).toEqual(['1h: **not shown**', 'failed']);
    expect(against(ran({ ...over(5), outcome: 'undone', purpose: 'undo' }))).toEqual(['', 'undone']);
    expect(against(ran({}))).toEqual(['1h: **not shown**', 'running']);
    expect(against(ran(over(5), { objectives: { rtoMs: null, rpoMs: null } }))).toEqual(['', 'succeeded']);
  });
});
