import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import type { Plan, PlannedStep } from '../../src/domain/plan.ts';
import type { StepState } from '../../src/domain/run.ts';
import { standingFences } from '../../src/store/fences.ts';
import { closeIncident, resolveIncident } from '../../src/store/incidents.ts';
import { insertPlan } from '../../src/store/plans.ts';
import { insertRun } from '../../src/store/runs.ts';
import { saveSteps } from '../../src/store/steps.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { runOf, stateOf, unmeasured } from '../support/rows.ts';
import { embeddedStores } from '../support/stores.ts';
import { useTown } from '../support/town.ts';

const target = { region: 'us-east-1', resource: 'rds:app' };
const cut = plannedStep('cut', { uses: 'rds.fence', fence: true, target });
const stop = plannedStep('stop', { fence: true });
const swap = plannedStep('swap', { uses: 'rds.swap-identifier', target, services: ['web'] });

describe('a fence that stands', () => {
  const town = useTown(embeddedStores());
  let count = 0;
  let minutes = 0;
  const later = (): Date => {
    minutes += 1;
    return new Date(town.clock.now().getTime() + minutes * 60_000);
  };

  const plan = async (incident: Incident, steps: PlannedStep[], over: Partial<Plan> = {}): Promise<Plan> => {
    count += 1;
    const made = planOf(steps, {
      id: `plan_f${count}`,
      incidentId: incident.id,
      madeAt: later().toISOString(),
      ...over,
    });
    await town.store().tx((tx) => insertPlan(tx, made));
    return made;
  };

  /** Its steps end one after another. */
  const run = async (
    incident: Incident,
    steps: [PlannedStep, Partial<StepState>?][],
    over: Partial<Plan> = {},
  ): Promise<string> => {
    const of = await plan(
      incident,
      steps.map(([step]) => step),
      over,
    );
    const id = `run_f${count}`;
    const began = later();
    const states = steps.map(([step, state]) => {
      const startedAt = later().toISOString();
      return stateOf(step.id, {
        status: 'done',
        effectSent: true,
        startedAt,
        endedAt: later().toISOString(),
        ...state,
      });
    });
    await town.store().tx(async (tx) => {
      await insertRun(tx, runOf(of, began, { id }));
      await saveSteps(tx, id, states);
    });
    return id;
  };

  /** Of which runs the fence of this database stands, and whether it is unbroken. */
  const standing = async (): Promise<[string, boolean][]> => {
    const fences = await town.store().tx((tx) => standingFences(tx));
    return fences.filter(({ uses }) => uses === cut.uses).map((fence) => [fence.runId, fence.unbroken]);
  };

  const clear = (): Promise<unknown> => town.store().tx((tx) => tx.query('truncate run, plan cascade'));

  const contained = async (): Promise<{ incident: Incident; id: string }> => {
    await clear();
    const incident = await town.declare();
    return { incident, id: await run(incident, [[cut], [stop]]) };
  };

  it('is unbroken while only other fences, backups and what reads have followed', async () => {
    const { incident, id } = await contained();
    const backup = plannedStep('backup', { target, keeps: true });
    const look = plannedStep('look', { target, risk: 'read' });
    const other = plannedStep('other', { services: ['billing'] });
    const started = plannedStep('started');
    await run(incident, [
      [backup],
      [look],
      [other],
      [started, { status: 'waiting', effectSent: false, endedAt: null }],
    ]);
    await plan(incident, [{ ...cut, noChange: true }]);
    expect(await standing()).toEqual([[id, true]]);
    const again = await run(incident, [
      [
        { ...cut, noChange: true },
        { status: 'unchanged', effectSent: false },
      ],
    ]);
    expect(await standing()).toEqual([
      [id, true],
      [again, true],
    ]);
  });

  it.each<[string, [PlannedStep, Partial<StepState>?][]]>([
    ['has changed it', [[swap]]],
    ['has begun to change it', [[swap, { status: 'running', endedAt: null }]]],
    ['may have changed it', [[swap, { status: 'unknown' }]]],
    ['has fenced in the same way what its plan could not name', [[{ ...cut, target: null }]]],
    ['has brought up what is for its services', [[plannedStep('start')]]],
    ['has changed what is for all services', [[plannedStep('start', { services: [] })]]],
  ])('is broken once a later run %s', async (_what, steps) => {
    const { incident, id } = await contained();
    await run(incident, steps);
    expect(await standing()).toEqual([[id, false]]);
  });

  it('is broken by a later step of its own run, and what fences it anew holds from then on', async () => {
    await clear();
    const incident = await town.declare();
    const id = await run(incident, [[cut], [plannedStep('start')]]);
    expect(await standing()).toEqual([[id, false]]);
    const anew = await run(await town.declare(), [[cut]]);
    expect(await standing()).toEqual([
      [id, false],
      [anew, true],
    ]);
    const third = await run(incident, [[cut]]);
    expect(await standing()).toEqual([
      [id, false],
      [anew, false],
      [third, true],
    ]);
  });

  it('is broken where a plan made since did not find it fenced, and where its incident is over', async () => {
    const first = await contained();
    await plan(first.incident, [{ ...cut, noChange: false }]);
    expect(await standing()).toEqual([[first.id, false]]);
    const { incident, id } = await contained();
    expect(await standing()).toEqual([[id, true]]);
    await town.store().tx((tx) => resolveIncident(tx, incident.id, unmeasured, later()));
    expect(await standing()).toEqual([[id, false]]);
    // A drill is closed without having been resolved.
    const drill = await contained();
    await town.store().tx((tx) => closeIncident(tx, drill.incident.id, later()));
    expect(await standing()).toEqual([[drill.id, false]]);
  });

  it('is none any more once its run was undone', async () => {
    const { incident, id } = await contained();
    await run(incident, [[{ ...cut, fence: false }]], { purpose: 'undo', undoes: id });
    expect(await standing()).toEqual([]);
  });
});
