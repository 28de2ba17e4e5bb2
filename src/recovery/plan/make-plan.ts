import { approvalsOf, objectiveOf, phraseOf } from '../../commands/defaults.ts';
import { selectSteps } from '../../commands/effective-needs.ts';
import { evaluateWith } from '../../commands/evaluate.ts';
import { readInputs, readMode } from '../../commands/inputs.ts';
import type { RegionRoles, StepContext } from '../../domain/action.ts';
import type { Command, Mode } from '../../domain/command.ts';
import { countedFor } from '../../domain/counted.ts';
import { Refusal } from '../../domain/errors.ts';
import { criticalPath } from '../../domain/graph.ts';
import { type Incident, incidentLabel, isIncident, isOpen } from '../../domain/incident.ts';
import type { JsonObject } from '../../domain/json.ts';
import { advice } from '../../domain/nearest.ts';
import { objectivesOf } from '../../domain/objectives.ts';
import type { Person } from '../../domain/person.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { verdictOf } from '../../domain/verdict.ts';
import { appendAudit } from '../../store/audit.ts';
import { standingFences } from '../../store/fences.ts';
import { readIncident } from '../../store/incidents.ts';
import { insertPlan } from '../../store/plans.ts';
import { activeRegions } from '../../store/regions.ts';
import type { RecoveryDeps } from '../deps.ts';
import { refuseUnlessMayRun } from '../may-run.ts';
import type { PlanAsk, PlanMade } from '../recovery.ts';
import { boundLoss } from './bound-loss.ts';
import { sealPlan } from './digest.ts';
import { keepFenced } from './fenced.ts';
import { sayChanges } from './follows.ts';
import { planForeseeing } from './foresee.ts';
import { refuseMisplaced, servicesOf } from './placed.ts';
import { type EvaluatedStep, planStep } from './plan-step.ts';
import { regionRoles } from './regions.ts';
import { scopeOf } from './scope.ts';
import { within } from './within.ts';

/**
 * A reading that has not come by then is unknown. A plan is there within 15 seconds; just before an effect every attempt
 * of the SDK is waited for, so that a silent Region is seen to be silent.
 */
const readingLimitMs = { plan: 12_000, run: 30_000 } as const;

/** Reads the present state and writes down what the command would do. */
export async function makePlan(deps: RecoveryDeps, ask: PlanAsk, by: Person): Promise<PlanMade> {
  const command = findCommand(deps.commands, ask.command);
  const inputs = readInputs(command, ask.inputs);
  const mode = readMode(command, ask.mode);
  const { incident, regions } = await readGround(deps, command, ask.incidentId, by);
  const plan = sealPlan(await draftPlan(deps, { command, inputs, mode, incident, regions, by }));
  await savePlan(deps, plan, by);
  return { plan, ...verdictOf(plan) };
}

/** The command of this name. Throws `Refusal` where there is none. */
export function findCommand(commands: readonly Command[], name: string): Command {
  const command = commands.find((known) => known.name === name.toLowerCase());
  if (command) return command;
  const names = commands.map((known) => known.name);
  throw new Refusal(`There is no command ${name}: ${advice(name, names)}`, 'command');
}

export async function savePlan(deps: RecoveryDeps, plan: Plan, by: Person): Promise<void> {
  await deps.store.tx(async (tx) => {
    await insertPlan(tx, plan);
    await appendAudit(tx, {
      at: deps.clock.now(),
      who: by.name,
      door: by.door,
      what: 'plan.made',
      incidentId: plan.incidentId,
      runId: plan.undoes,
      detail: {
        plan: plan.id,
        command: plan.command,
        mode: plan.mode,
        inputs: plan.inputs,
        digest: plan.digest,
        code: plan.code,
      },
    });
  });
}

/** Plans every step at once; one waits for another's reading only where it uses what that foresees. */
export async function planSteps(
  deps: RecoveryDeps,
  ctx: Omit<StepContext, 'signal' | 'clock'>,
  steps: readonly EvaluatedStep[],
  scope: JsonObject = {},
): Promise<PlannedStep[]> {
  const limitMs = readingLimitMs[ctx.purpose];
  const sentence = `no answer within ${limitMs / 1000} seconds`;
  return within(deps.stopwatch, limitMs, sentence, (signal) =>
    planForeseeing(steps, scope, (step) => planStep(step, { ...ctx, clock: deps.clock, signal })),
  );
}

async function readGround(
  deps: RecoveryDeps,
  command: Command,
  incidentId: number,
  by: Person,
): Promise<{ incident: Incident; regions: RegionRoles }> {
  return deps.store.tx(async (tx) => {
    const incident = await readIncident(tx, incidentId);
    if (!incident) throw new Refusal(`There is no incident INC-${incidentId}. /dr list shows those that are open.`);
    if (!isOpen(incident))
      throw new Refusal(`${incidentLabel(incident)} is ${incident.phase}: ${whatElse(incident, command.name)}.`);
    await refuseUnlessMayRun(tx, deps, { incidentId, command: command.name }, by);
    refuseMisplaced(command, incident);
    const concerned = servicesOf(command, incident);
    const services = concerned.length > 0 ? concerned : Object.keys(deps.home.system.services);
    return {
      incident: { ...incident, services: concerned },
      regions: regionRoles(deps.home, await activeRegions(tx), services),
    };
  });
}

/** What is closed stays closed. */
function whatElse(incident: Incident, command: string): string {
  return isIncident(incident) ? 'declare a new one with /dr declare' : `/dr ${command} said elsewhere opens another`;
}

interface Ground {
  command: Command;
  inputs: JsonObject;
  mode: Mode;
  incident: Incident;
  regions: RegionRoles;
  by: Person;
}

async function draftPlan(deps: RecoveryDeps, ground: Ground): Promise<Plan> {
  const { command, inputs, mode, incident, regions, by } = ground;
  const objectives = objectiveOf(command, deps.home, incident.services);
  const scope = scopeOf({ home: deps.home, command, incident, regions, mode, inputs, objectives });
  const evaluated = selectSteps(command, mode, scope).map((step) => {
    const action = deps.actions.get(step.uses);
    if (!action) throw new Refusal(`${command.name} uses ${step.uses}, which this Muster does not have.`);
    const services = step.service ? [step.service] : incident.services;
    return { step, action, services, ...evaluateWith(step.with, scope, {}) };
  });
  const id = deps.ids.next('plan');
  const ctx = { mode, regions, impactBeganAt: incident.impactBeganAt, purpose: 'plan' as const, owner: id };
  const account = Object.values(deps.home.accounts)[0]?.id ?? null;
  const planned = await planSteps(deps, ctx, evaluated, scope);
  const standing = await deps.store.tx((tx) => standingFences(tx));
  const bound = boundLoss(
    planned,
    standing.filter((fence) => fence.account === account),
  );
  const steps = sayChanges(await keepFenced(deps, { account, undoes: null, steps: bound }, bound));
  const path = criticalPath(
    steps.map((step) => ({ id: step.id, needs: step.needs, ms: step.noChange ? 0 : step.estimateMs })),
  );
  const now = deps.clock.now();
  const counted = {
    objectives: objectivesOf(deps.home, incident.services, command),
    ...(isIncident(incident) && { owed: objectivesOf(deps.home, incident.services) }),
  };
  const { rtoMs } = countedFor(counted);
  return {
    id,
    incidentId: incident.id,
    record: incident.kind,
    purpose: 'run',
    commandPurpose: command.purpose,
    undoes: null,
    command: command.name,
    title: command.title,
    scenario: command.scenario ?? null,
    phrase: phraseOf(command, deps.actions),
    approvals: approvalsOf(command, deps.actions),
    mode,
    modes: command.modes,
    inputs,
    regions,
    account,
    ...counted,
    scope,
    steps,
    acceptances: [],
    criticalPathMs: path.ms,
    criticalPath: path.path,
    rtoLeftMs:
      rtoMs === null || !isIncident(incident) || command.purpose !== 'recovery'
        ? null
        : incident.impactBeganAt.getTime() + rtoMs - now.getTime(),
    pointOfNoReturn: steps.find((step) => step.risk === 'irreversible' && !step.noChange)?.id ?? null,
    madeAt: now.toISOString(),
    requestedBy: by.name,
    digest: '',
    code: '',
  };
}
