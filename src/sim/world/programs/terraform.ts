import { createHash } from 'node:crypto';
import { faultsOf } from '../model.ts';
import { type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { beginJob, isOpen, lookAtJob, settleJobs } from './jobs.ts';
import type { Configuration, PlanFile } from './state.ts';

interface Place {
  configuration: string;
  workspace: string;
}
type Keyed = Place & { key: string };

export const terraformOperations: Operations = {
  workspaces: reading<{ configuration: string }, object>(({ state }, { configuration }) => ({
    workspaces: Object.keys(needConfiguration(state, configuration).workspaces),
  })),
  createWorkspace: reading<Place, object>(({ state }, { configuration, workspace }) => {
    needConfiguration(state, configuration).workspaces[workspace] ??= { resources: [], serial: 1 };
    return {};
  }),
  deleteWorkspace: reading<Place, object>(({ state }, place) => {
    const { resources } = needWorkspace(state, place);
    if (resources.length > 0) say(`Workspace is not empty: it tracks ${resources.join(', ')}`);
    delete needConfiguration(state, place.configuration).workspaces[place.workspace];
    return {};
  }),
  resources: reading<Place, object>(({ state }, place) => ({ resources: needWorkspace(state, place).resources })),
  startPlan: reading<Keyed, object>(startPlan),
  lookPlan: reading<{ key: string }, object>(lookPlan),
  forgetPlan: reading<{ key: string }, object>(({ state }, { key }) => {
    delete state.programs.plans[key];
    return {};
  }),
  startApply: reading<Keyed & { plan: { key: string; digest: string } }, object>(startApply),
  startDestroy: reading<Keyed, object>(({ state }, { key, ...place }) => {
    const { resources } = needWorkspace(state, place);
    beginVerb(
      state,
      { key, place, verb: 'destroy', resources: [] },
      `Destroy complete! ${resources.length} destroyed.`,
    );
    return {};
  }),
  look: reading<{ key: string }, object>(lookAtJob),
};

function say(message: string): never {
  return refuse('TerraformError', message);
}

function needConfiguration(state: State, name: string): Configuration {
  settleJobs(state);
  const { configurations } = state.programs;
  const found = Object.hasOwn(configurations, name) ? configurations[name] : undefined;
  return found ?? say(`the simulated cloud has no Terraform configuration ${name}: describe it under programs`);
}

function needWorkspace(state: State, { configuration, workspace }: Place) {
  const { workspaces } = needConfiguration(state, configuration);
  const found = Object.hasOwn(workspaces, workspace) ? workspaces[workspace] : undefined;
  return found ?? say(`there is no workspace ${workspace}; there are ${Object.keys(workspaces).join(', ')}`);
}

function startPlan({ state }: Scene, { key, ...place }: Keyed): object {
  const { serial } = needWorkspace(state, place);
  const { wanted, planMs } = needConfiguration(state, place.configuration);
  const failure = failureOf(state, place.configuration, 'plan');
  const digest = createHash('sha256')
    .update(JSON.stringify([place, serial, wanted]))
    .digest('hex');
  state.programs.plans[key] = { ...place, serial, digest, after: [...wanted], readyAt: state.at + planMs, failure };
  return {};
}

function lookPlan({ state }: Scene, { key }: { key: string }): { seen: object | null } {
  const plan = Object.hasOwn(state.programs.plans, key) ? state.programs.plans[key] : undefined;
  if (!plan) return { seen: null };
  if (plan.readyAt > state.at) return { seen: { state: 'running', output: '' } };
  if (plan.failure !== null)
    return { seen: { state: 'ended', exit: 1, ended: 'by itself', output: plan.failure, ms: 1_000 } };
  const { resources } = needWorkspace(state, plan);
  const destroyed = resources.filter((address) => !plan.after.includes(address)).sort();
  const add = plan.after.filter((address) => !resources.includes(address)).length;
  const changes = { add, change: 0, destroy: destroyed.length, destroyed };
  return { seen: { state: 'planned', digest: plan.digest, changes } };
}

function startApply({ state }: Scene, { key, plan: of, ...place }: Keyed & { plan: { key: string; digest: string } }) {
  const plan = state.programs.plans[of.key] ?? say('there is no such plan file here: plan again');
  if (plan.digest !== of.digest) say('the plan file is not the one that was approved: plan again');
  const fault = staleness(state, plan, place);
  if (fault !== null) say(fault);
  beginVerb(state, { key, place, verb: 'apply', resources: plan.after }, 'Apply complete!');
  return {};
}

function staleness(state: State, plan: PlanFile, place: Place): string | null {
  if (plan.workspace !== place.workspace) return `the plan is of workspace ${plan.workspace}`;
  const { serial } = needWorkspace(state, place);
  return serial === plan.serial ? null : 'Saved plan is stale: the state was changed after the plan was made';
}

function beginVerb(
  state: State,
  of: { key: string; place: Place; verb: 'apply' | 'destroy'; resources: string[] },
  output: string,
): void {
  const { key, place, verb, resources } = of;
  if (isOpen(state, key)) return;
  const failure = failureOf(state, place.configuration, verb);
  beginJob(state, key, {
    endsAt: state.at + needConfiguration(state, place.configuration).applyMs,
    exit: failure === null ? 0 : 1,
    output: failure ?? output,
    leaves: { ...place, resources: [...resources], removed: verb === 'destroy' },
  });
}

function failureOf(state: State, configuration: string, verb: string): string | null {
  const fault = faultsOf(state, 'terraform-fails').find(
    (one) => one.configuration === configuration && one.verb === verb,
  );
  return fault?.output ?? null;
}
