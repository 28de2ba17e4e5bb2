import { describe, expect, it } from '@jest/globals';
import type { Purpose } from '../../src/domain/command.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { PlannedStep } from '../../src/domain/plan.ts';
import type { StepState, StepStatus } from '../../src/domain/run.ts';
import type { Evidence } from '../../src/reports/evidence.ts';
import { measureRto } from '../../src/reports/measure-rto.ts';
import { measureRecovery } from '../../src/reports/recovery.ts';
import { insertPlan } from '../../src/store/plans.ts';
import { endRun, insertRun } from '../../src/store/runs.ts';
import { saveSteps } from '../../src/store/steps.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { runOf, stateOf } from '../support/rows.ts';
import { embeddedStores } from '../support/stores.ts';
import { townHome, useTown } from '../support/town.ts';

const steps = {
  fence: plannedStep('fence', { fence: true }),
  promote: plannedStep('promote', { uses: 'rds.promote-read-replica', risk: 'irreversible' }),
  healthy: plannedStep('healthy', { uses: 'elb.check-targets', risk: 'read', kind: 'read' }),
  traffic: plannedStep('traffic', { uses: 'route53.switch-standby', traffic: 'latching' }),
  serving: plannedStep('serving', { uses: 'http.check', risk: 'read', kind: 'read' }),
};

describe('measuring recovery', () => {
  const town = useTown(embeddedStores());
  let count = 0;

  /** Minutes after the impact began at which each step ended; it had started a minute before. */
  interface Ended {
    step: PlannedStep;
    minute: number;
    status?: StepStatus;
    output?: StepState['output'];
  }

  interface Over {
    outcome?: 'succeeded' | 'succeeded-with-exceptions' | 'failed' | 'aborted' | 'undone';
    purpose?: 'run' | 'undo';
    objectives?: { rtoMs: number | null; rpoMs: number | null };
    commandPurpose?: Purpose;
    /** Puts back the run before it. */
    undoes?: 'previous';
  }

  const measure = async (ended: Ended[], over: Over = {}) => {
    const incident = await town.declare();
    await carryOut(incident, ended, over);
    return town.store().tx((tx) => measureRecovery(tx, incident, townHome));
  };

  /** Each run begins an hour after the one before. */
  const measureRuns = async (...runs: [Ended[], Over][]) => {
    const incident = await town.declare();
    for (const [index, [ended, over]] of runs.entries()) await carryOut(incident, ended, over, index * 60);
    return town.store().tx((tx) => measureRecovery(tx, incident, townHome));
  };

  const carryOut = async (incident: Incident, ended: Ended[], over: Over, startMinute = 0) => {
    const minute = (minutes: number) => new Date(incident.impactBeganAt.getTime() + (startMinute + minutes) * 60_000);
    count += 1;
    const plan = planOf(
      ended.map((one) => one.step),
      {
        id: `plan_m${count}`,
        incidentId: incident.id,
        ...(over.objectives && { objectives: over.objectives }),
        ...(over.commandPurpose && { commandPurpose: over.commandPurpose }),
        ...(over.undoes && { purpose: 'undo', undoes: `run_m${count - 1}` }),
      },
    );
    const run = runOf(plan, minute(1), { id: `run_m${count}`, purpose: over.purpose ?? plan.purpose });
    const states = ended.map(({ step, minute: at, status = 'done', output = null }) => {
      const times = { startedAt: minute(at - 1).toISOString(), endedAt: minute(at).toISOString() };
      return stateOf(step.id, { status, output, effectSent: true, ...times });
    });
    await town.store().tx(async (tx) => {
      await insertPlan(tx, plan);
      await insertRun(tx, run);
      await saveSteps(tx, run.id, states);
      await endRun(tx, run.id, { outcome: over.outcome ?? 'succeeded', exceptions: [], note: null, at: minute(59) });
    });
  };
  const replicated = (minutes: number | null) => ({
    last_replicated_at:
      minutes === null ? null : new Date(town.clock.now().getTime() - 600_000 + minutes * 60_000).toISOString(),
  });
  interface Told {
    replicated?: number | null;
    fence?: StepStatus;
    traffic?: StepStatus;
    serving?: StepStatus;
  }
  const failover = (over: Told = {}): Ended[] => [
    { step: steps.fence, minute: 5, status: over.fence ?? 'done' },
    { step: steps.promote, minute: 10, output: replicated(over.replicated === undefined ? -2 : over.replicated) },
    { step: steps.healthy, minute: 12 },
    { step: steps.traffic, minute: 15, status: over.traffic ?? 'done' },
    { step: steps.serving, minute: 21, status: over.serving ?? 'done' },
  ];

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

  const restart = (): Ended[] => [
    { step: plannedStep('restart'), minute: 3 },
    { step: steps.healthy, minute: 6 },
  ];

  it('goes on measuring the failover after a later run that mends a service', async () => {
    expect(await measureRuns([failover(), {}], [restart(), {}])).toMatchObject({
      rtoMs: 21 * 60_000,
      rpoMs: 7 * 60_000,
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
