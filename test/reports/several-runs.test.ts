import { describe, expect, it } from '@jest/globals';
import type { StepStatus } from '../../src/domain/run.ts';
import { plannedStep } from '../support/plans.ts';
import { type Ended, type Over, steps, useMeasuring } from './measuring.ts';

describe('measuring recovery by several runs', () => {
  const { measureRuns, replicated, failover, restart } = useMeasuring();

  it('goes on measuring the failover after a later run that mends a service', async () => {
    expect(await measureRuns([failover(), {}], [restart(), {}])).toMatchObject({
      rtoMs: 21 * 60_000,
      rpoMs: 7 * 60_000,
    });
  });

  const restore = plannedStep('restore', { uses: 'dynamodb.restore-to-time', keeps: true });
  const contain: Ended[] = [{ step: steps.fence, minute: 20 }];
  const recover = (to: number | null, fence: StepStatus = 'unchanged'): Ended[] => [
    { step: steps.fence, minute: 30, status: fence },
    { step: restore, minute: 40, output: { restored_to: replicated(to).last_replicated_at } },
    { step: steps.healthy, minute: 50 },
  ];

  it('counts what was given up by going back to a time, until the fence that an earlier run made', async () => {
    expect(await measureRuns([contain, {}], [recover(-10), {}])).toMatchObject({
      rpoMs: 30 * 60_000,
      rpoExplain: expect.stringMatching(/^restored to .*; the impact began .*; fenced /),
    });
    expect(await measureRuns([contain, {}], [recover(null), {}])).toMatchObject({
      rpoMs: null,
      rpoExplain: 'restore could not read the newest write that it went back to',
    });
  });

  it('counts until the fence of an earlier run only where that held until now', async () => {
    const lift: Ended[] = [{ step: { ...steps.fence, fence: false }, minute: 5 }];
    const undo = { outcome: 'undone', undoes: 'previous' } as const;
    const rpo = async (...runs: [Ended[], Over][]) => (await measureRuns(...runs)).rpoMs;
    expect(await rpo([contain, {}], [lift, undo], [recover(-10), {}])).toBe(160 * 60_000);
    expect(await rpo([contain, {}], [lift, undo], [contain, {}], [recover(-10), {}])).toBe(150 * 60_000);
    expect(await rpo([[...contain, { step: plannedStep('start'), minute: 30 }], {}], [recover(-10), {}])).toBe(
      100 * 60_000,
    );
    const aborted = { outcome: 'aborted' } as const;
    expect(await rpo([recover(-5, 'done'), aborted], [recover(-10), {}])).toBe(40 * 60_000);
  });

  it('measures nothing by what was undone, and the run that lost most where several have lost', async () => {
    const undo = { outcome: 'undone', undoes: 'previous' } as const;
    const back: Ended[] = [{ step: { ...steps.fence, fence: false }, minute: 5 }];
    expect(await measureRuns([recover(-10, 'done'), {}], [back, undo])).toMatchObject({
      rtoMs: null,
      rtoExplain: 'what recovered was undone',
      rpoMs: null,
    });
    const begun = { outcome: 'aborted', undoes: 'previous' } as const;
    expect(await measureRuns([recover(-90, 'done'), {}], [back, begun], [recover(-10, 'done'), {}])).toMatchObject({
      rtoMs: 170 * 60_000,
      rpoMs: 160 * 60_000,
    });
    expect(await measureRuns([recover(-10, 'done'), {}], [back, undo], [recover(-20, 'done'), {}])).toMatchObject({
      rtoMs: 170 * 60_000,
      rpoMs: 170 * 60_000,
    });
    const nothingLost = failover({ replicated: 68 });
    expect(await measureRuns([failover(), {}], [nothingLost, {}])).toMatchObject({ rpoMs: 7 * 60_000 });
    const deferred = [failover({ fence: 'deferred' }), { outcome: 'succeeded-with-exceptions' }] as const;
    expect(await measureRuns([deferred[0], deferred[1]], [nothingLost, {}])).toMatchObject({
      rpoMs: null,
      rpoExplain: expect.stringContaining('at least 2m'),
    });
    expect(await measureRuns([deferred[0], deferred[1]], [failover(), {}])).toMatchObject({
      rpoMs: null,
      rpoExplain: expect.stringMatching(/^at least 2m.*; by failover 1h 7m were lost$/),
    });
  });

  it('keeps what a promotion lost when another run brought the traffic over', async () => {
    const found = { status: 'unchanged', output: null } as const;
    const rest = failover().flatMap((one) => {
      if (one.step.uses === 'rds.promote-read-replica') return [{ ...one, ...found }];
      return one.step.traffic !== 'none' || one.step.id === 'serving' ? [one] : [];
    });
    expect(await measureRuns([failover(), { outcome: 'failed' }], [rest, {}])).toMatchObject({
      rtoMs: 81 * 60_000,
      rpoMs: 7 * 60_000,
    });
  });
});
