import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import type { StepStatus } from '../../src/domain/run.ts';
import type { Evidence } from '../../src/reports/evidence.ts';
import { measureRto } from '../../src/reports/measure-rto.ts';
import { planOf } from '../support/plans.ts';
import { runOf, stateOf } from '../support/rows.ts';
import { type Ended, type Over, steps, useMeasuring } from './measuring.ts';

describe('measuring recovery', () => {
  const { measure, measureRuns, failover, restart } = useMeasuring();

  it('reads RTO until health was seen after traffic moved, and RPO from the last replicated point to the fence', async () => {
    expect(await measure(failover())).toMatchObject({
      rtoMs: 21 * 60_000,
      rtoObjectiveMs: 3_600_000,
      rtoExplain: expect.stringContaining('until serving saw health'),
      rpoMs: 7 * 60_000,
      rpoObjectiveMs: 900_000,
      rpoExplain: expect.stringContaining('last replicated'),
    });
  });

  it('is the difference of the two times that it names, to the second', () => {
    const impactBeganAt = new Date('2026-03-01T14:00:00.900Z');
    const state = stateOf('serving', { status: 'done' });
    const times = { startedAt: '2026-03-01T14:20:00.000Z', endedAt: '2026-03-01T14:21:00.300Z' };
    const plan = planOf([steps.serving]);
    const run = runOf(plan, impactBeganAt, { outcome: 'succeeded' });
    const evidence: Evidence = { run, plan, steps: [{ ...state, ...times }] };
    expect(measureRto({ impactBeganAt } as Incident, [evidence])).toMatchObject({
      ms: 21 * 60_000,
      explain: 'from the impact at 2026-03-01 14:00:00 UTC until serving saw health at 2026-03-01 14:21:00 UTC',
    });
  });

  it('stands beside what the services are owed, whatever the command that ran sets itself', async () => {
    const objectives = { rtoMs: 4 * 3_600_000, rpoMs: null };
    const owed = { rtoObjectiveMs: 3_600_000, rpoObjectiveMs: 900_000 };
    expect(await measure(failover(), { objectives })).toMatchObject(owed);
  });

  it('does not count health that was seen before traffic moved', async () => {
    const measured = await measure(failover({ serving: 'skipped' }));
    expect(measured).toMatchObject({
      rtoMs: null,
      rtoExplain: 'health was not observed after traffic: serving ended as skipped in failover',
    });
    const early = failover().map((one) => (one.step.id === 'serving' ? { ...one, minute: 14 } : one));
    expect(await measure(early)).toMatchObject({ rtoMs: null });
  });

  it('takes the last effect where no traffic moves', async () => {
    expect(await measure(restart())).toMatchObject({
      rtoMs: 6 * 60_000,
      rpoMs: null,
      rpoExplain: 'failover has promoted no replica, and gone back to no time',
    });
  });

  it('says that nobody was seen served where traffic was not moved', async () => {
    expect(await measure(failover({ traffic: 'skipped' }), { outcome: 'succeeded-with-exceptions' })).toMatchObject({
      rtoMs: null,
      rtoExplain: expect.stringContaining('no traffic was moved in failover: traffic ended as skipped'),
    });
    expect(await measure(failover({ traffic: 'unchanged' }))).toMatchObject({ rtoMs: 21 * 60_000 });
  });

  it('takes healthy targets for people served only where no traffic moves', async () => {
    const targets = failover().map((one) => (one.step.id === 'serving' ? { ...one, step: steps.healthy } : one));
    expect(await measure(targets.filter((one) => one.minute !== 12))).toMatchObject({ rtoMs: null });
    const metric = { ...steps.serving, uses: 'cloudwatch.check-metric' };
    const measured = failover().map((one) => (one.step.id === 'serving' ? { ...one, step: metric } : one));
    expect(await measure(measured)).toMatchObject({ rtoMs: 21 * 60_000 });
  });

  it('counts writes that the old side took until it was fenced, and never less than none', async () => {
    expect(await measure(failover({ replicated: 3 }))).toMatchObject({ rpoMs: 2 * 60_000 });
    expect(await measure(failover({ replicated: 8 }))).toMatchObject({ rpoMs: 0 });
    const early = failover().map((one) => (one.step.fence ? { ...one, minute: -1 } : one));
    expect(await measure(early)).toMatchObject({ rpoMs: 2 * 60_000 });
  });

  it.each(['deferred', 'skipped'] as const)(
    'knows only the least that was lost where the fence was %s',
    async (fence) => {
      const outcome = 'succeeded-with-exceptions' as const;
      expect(await measure(failover({ fence }), { outcome })).toMatchObject({
        rpoMs: null,
        rpoExplain: expect.stringContaining(`at least 2m, since the old side was not fenced (fence ended as ${fence})`),
      });
      expect(await measure(failover({ fence, replicated: 3 }), { outcome })).toMatchObject({
        rpoMs: null,
        rpoExplain: expect.stringContaining('at least 0s'),
      });
    },
  );

  it('knows only the least that was lost where there was no fence', async () => {
    expect(await measure(failover().filter(({ step }) => !step.fence))).toMatchObject({
      rpoMs: null,
      rpoExplain: expect.stringContaining('at least 2m, since no step fenced the old side'),
    });
  });

  it('counts the first health that lasted, and no routine', async () => {
    const checks = (status: StepStatus = 'done'): Ended[] => [{ step: steps.serving, minute: 5, status }];
    const routine = { commandPurpose: 'routine', objectives: { rtoMs: 1, rpoMs: 1 } } as const;
    const first = { rtoMs: 6 * 60_000, rtoObjectiveMs: 3_600_000 };
    expect(await measureRuns([restart(), {}], [restart(), {}], [checks(), routine])).toMatchObject(first);
    expect(await measureRuns([checks(), routine])).toMatchObject({ rtoMs: null, rtoObjectiveMs: 3_600_000 });
    expect(await measureRuns([restart(), {}], [checks('failed'), { ...routine, outcome: 'failed' }])).toMatchObject({
      rtoMs: null,
      rtoExplain: expect.stringMatching(
        /^health that healthy saw at .* did not last: serving of failover ended as failed later$/,
      ),
    });
    const again = [
      [restart(), {}],
      [checks('failed'), { ...routine, outcome: 'failed' }],
      [restart(), {}],
    ] as const;
    expect(await measureRuns(...again.map(([ended, over]): [Ended[], Over] => [[...ended], over]))).toMatchObject({
      rtoMs: 126 * 60_000,
    });
  });

  it('does not make up a replicated point that was not read', async () => {
    expect(await measure(failover({ replicated: null }))).toMatchObject({
      rpoMs: null,
      rpoExplain: 'promote could not read the last replicated point',
    });
  });

  it.each([{ outcome: 'failed' as const }, { purpose: 'undo' as const }])(
    'measures nothing by a run that recovered nothing (%j)',
    async (over) => {
      expect(await measure(failover(), over)).toMatchObject({
        rtoMs: null,
        rtoExplain: 'no run of this incident has recovered',
        rpoMs: null,
        rtoObjectiveMs: 3_600_000,
      });
    },
  );
});
