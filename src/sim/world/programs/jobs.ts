import { faultsOf } from '../model.ts';
import type { Operations, Scene } from '../operation.ts';
import { reading } from '../operation.ts';
import type { State } from '../state.ts';
import type { Job } from './state.ts';

/** A script that hangs is ended at its time-out, which is no shorter than this. */
const hangsMs = 3_600_000;

export const scriptOperations: Operations = {
  start: reading<{ key: string; script: string }, object>(({ state }, { key, script }) => {
    if (isOpen(state, key)) return {};
    const { ms, exit, output } = state.estate.programs.scripts[script] ?? {
      ms: 30_000,
      exit: 0,
      output: 'Simulated: nothing was run.',
    };
    const broken = faultsOf(state, 'script-fails').find((fault) => fault.script === script);
    const hanging = faultsOf(state, 'script-hangs').some((fault) => fault.script === script);
    beginJob(state, key, {
      endsAt: state.at + (hanging ? hangsMs : ms),
      exit: hanging ? null : (broken?.exit ?? exit),
      output: broken?.output ?? output,
      leaves: null,
    });
    return {};
  }),
  look: reading<{ key: string }, object>(lookAtJob),
  forget: reading<{ key: string }, object>(({ state }, { key }) => {
    const job = state.programs.jobs[key];
    if (job && job.endsAt <= state.at) delete state.programs.jobs[key];
    return {};
  }),
};

/** Whether what was started under a key runs or has ended well: then it is not started again. */
export function isOpen(state: State, key: string): boolean {
  const job = state.programs.jobs[key];
  return job !== undefined && (job.endsAt > state.at || job.exit === 0);
}

export function beginJob(state: State, key: string, job: Omit<Job, 'beganAt'>): void {
  state.programs.jobs[key] = { beganAt: state.at, ...job };
}

export function lookAtJob({ state }: Scene, { key }: { key: string }): { seen: object | null } {
  settleJobs(state);
  const job = Object.hasOwn(state.programs.jobs, key) ? state.programs.jobs[key] : undefined;
  if (!job) return { seen: null };
  if (job.endsAt > state.at) return { seen: { state: 'running', output: '' } };
  const ended = job.exit === null ? 'at its time-out' : 'by itself';
  return { seen: { state: 'ended', exit: job.exit, ended, output: job.output, ms: job.endsAt - job.beganAt } };
}

/** What jobs that have ended since leave behind. */
export function settleJobs(state: State): void {
  for (const job of Object.values(state.programs.jobs)) {
    if (job.leaves === null || job.endsAt > state.at || job.exit !== 0) continue;
    const { configuration, workspace, resources, removed } = job.leaves;
    const { workspaces = {} } = state.programs.configurations[configuration] ?? {};
    const held = workspaces[workspace];
    if (removed) delete workspaces[workspace];
    else if (held) Object.assign(held, { resources, serial: held.serial + 1 });
    job.leaves = null;
  }
}
