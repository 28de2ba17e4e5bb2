import { describe, expect, it } from '@jest/globals';
import type { PlannedStep } from '../../src/domain/plan.ts';
import type { StepState, StepStatus } from '../../src/domain/run.ts';
import { measureRecovery } from '../../src/reports/recovery.ts';
import { insertPlan } from '../../src/store/plans.ts';
import { endRun, insertRun } from '../../src/store/runs.ts';
import { saveSteps } from '../../src/store/steps.ts';
import { plannedStep, planOf } from '../support/plans.ts';
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

  const measure = async (
    ended: Ended[],
    over: {
      outcome?: 'succeeded' | 'succeeded-with-exceptions' | 'failed';
      purpose?: 'run' | 'undo';
      objectives?: { rtoMs: number | null; rpoMs: number | null };
    } = {},
  ) => {
    const incident = await town.declare();
    const minute = (minutes: number) => new Date(incident.impactBeganAt.getTime() + minutes * 60_000);
    count += 1;
    const plan = planOf(
      ended.map((one) => one.step),
      { id: `plan_m${count}`, incidentId: incident.id, ...(over.objectives && { objectives: over.objectives }) },
    );
    const run = {
      id: `run_m${count}`,
      incidentId: incident.id,
      planId: plan.id,
      command: 'failover',
      purpose: over.purpose ?? ('run' as const),
      status: 'running' as const,
      note: null,
      outcome: null,
      exceptions: [],
      startedBy: 'ana',
      startedAt: minute(1),
      endedAt: null,
    };
    const states = ended.map(
      ({ step, minute: at, status = 'done', output = null }): StepState => ({
        id: step.id,
        status,
        attempt: 1,
        startedAt: minute(at - 1).toISOString(),
        endedAt: minute(at).toISOString(),
        note: null,
        output,
        effectSent: true,
      }),
    );
    return town.store().tx(async (tx) => {
      await insertPlan(tx, plan);
      await insertRun(tx, run);
      await saveSteps(tx, run.id, states);
      await endRun(tx, run.id, { outcome: over.outcome ?? 'succeeded', exceptions: [], note: null, at: minute(60) });
      return measureRecovery(tx, incident, townHome);
    });
  };
  const replicated = (minutes: number | null) => ({
    last_replicated_at:
      minutes === null ? null : new Date(town.clock.now().getTime() - 600_000 + minutes * 60_000).toISOString(),
  });
  const failover = (over: { replicated?: number | null; fence?: StepStatus; serving?: StepStatus } = {}): Ended[] => [
    { step: steps.fence, minute: 5, status: over.fence ?? 'done' },
    { step: steps.promote, minute: 10, output: replicated(over.replicated === undefined ? -2 : over.replicated) },
    { step: steps.healthy, minute: 12 },
    { step: steps.traffic, minute: 15 },
    { step: steps.serving, minute: 21, status: over.serving ?? 'done' },
  ];

  it('reads RTO until health was seen after traffic moved, and RPO back to the last replicated point', async () => {
    expect(await measure(failover())).toMatchObject({
      rtoMs: 21 * 60_000,
      rtoObjectiveMs: 3_600_000,
      rtoExplain: expect.stringContaining('until serving saw health'),
      rpoMs: 2 * 60_000,
      rpoObjectiveMs: 900_000,
      rpoExplain: expect.stringContaining('last replicated'),
    });
  });

  it('takes the objectives of the plan that ran', async () => {
    const objectives = { rtoMs: 60_000, rpoMs: null };
    expect(await measure(failover(), { objectives })).toMatchObject({ rtoObjectiveMs: 60_000, rpoObjectiveMs: null });
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
    const restart = [
      { step: plannedStep('restart'), minute: 3 },
      { step: steps.healthy, minute: 6 },
    ];
    expect(await measure(restart)).toMatchObject({
      rtoMs: 6 * 60_000,
      rpoMs: null,
      rpoExplain: 'failover has promoted no replica',
    });
  });

  it('counts writes that the old side took after the impact began, until it was fenced', async () => {
    expect(await measure(failover({ replicated: 3 }))).toMatchObject({ rpoMs: 2 * 60_000 });
    expect(await measure(failover({ replicated: 8 }))).toMatchObject({ rpoMs: 0 });
    expect(
      await measure(failover({ replicated: 3, fence: 'deferred' }), { outcome: 'succeeded-with-exceptions' }),
    ).toMatchObject({
      rpoMs: null,
      rpoExplain: expect.stringContaining('was not fenced'),
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
