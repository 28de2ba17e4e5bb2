import type { Purpose } from '../../src/domain/command.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { PlannedStep } from '../../src/domain/plan.ts';
import type { StepState, StepStatus } from '../../src/domain/run.ts';
import { measureRecovery } from '../../src/reports/recovery.ts';
import { insertPlan } from '../../src/store/plans.ts';
import { endRun, insertRun } from '../../src/store/runs.ts';
import { saveSteps } from '../../src/store/steps.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { runOf, stateOf } from '../support/rows.ts';
import { embeddedStores } from '../support/stores.ts';
import { townHome, useTown } from '../support/town.ts';

export const steps = {
  fence: plannedStep('fence', { fence: true }),
  promote: plannedStep('promote', { uses: 'rds.promote-read-replica', risk: 'irreversible' }),
  healthy: plannedStep('healthy', { uses: 'elb.check-targets', risk: 'read', kind: 'read' }),
  traffic: plannedStep('traffic', { uses: 'route53.switch-standby', traffic: 'latching' }),
  serving: plannedStep('serving', { uses: 'http.check', risk: 'read', kind: 'read' }),
};

/** Minutes after the impact began at which each step ended; it had started a minute before. */
export interface Ended {
  step: PlannedStep;
  minute: number;
  status?: StepStatus;
  output?: StepState['output'];
}

export interface Over {
  outcome?: 'succeeded' | 'succeeded-with-exceptions' | 'failed' | 'aborted' | 'undone';
  purpose?: 'run' | 'undo';
  objectives?: { rtoMs: number | null; rpoMs: number | null };
  commandPurpose?: Purpose;
  /** Puts back the run before it. */
  undoes?: 'previous';
}

interface Told {
  replicated?: number | null;
  fence?: StepStatus;
  traffic?: StepStatus;
  serving?: StepStatus;
}

/** For `describe`: carries runs out in an incident of its own, and measures what they came to. */
export function useMeasuring() {
  const town = useTown(embeddedStores());
  let count = 0;

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
  const failover = (over: Told = {}): Ended[] => [
    { step: steps.fence, minute: 5, status: over.fence ?? 'done' },
    { step: steps.promote, minute: 10, output: replicated(over.replicated === undefined ? -2 : over.replicated) },
    { step: steps.healthy, minute: 12 },
    { step: steps.traffic, minute: 15, status: over.traffic ?? 'done' },
    { step: steps.serving, minute: 21, status: over.serving ?? 'done' },
  ];
  const restart = (): Ended[] => [
    { step: plannedStep('restart'), minute: 3 },
    { step: steps.healthy, minute: 6 },
  ];
  return { measure, measureRuns, replicated, failover, restart };
}
