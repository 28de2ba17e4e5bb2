import type { ProgramsEstate } from './estate.ts';

export interface ProgramsState {
  configurations: Record<string, Configuration>;
  /** Plan files by their key. */
  plans: Record<string, PlanFile>;
  /** What was started, by its key. */
  jobs: Record<string, Job>;
}

export interface Configuration {
  workspaces: Record<string, Workspace>;
  wanted: string[];
  planMs: number;
  applyMs: number;
}

interface Workspace {
  resources: string[];
  /** Counts what was written to it: a plan made before is stale. */
  serial: number;
}

export interface PlanFile {
  configuration: string;
  workspace: string;
  serial: number;
  digest: string;
  after: string[];
  readyAt: number;
  failure: string | null;
}

export interface Job {
  beganAt: number;
  endsAt: number;
  exit: number | null;
  output: string;
  /** What a workspace holds once it has ended well. */
  leaves: { configuration: string; workspace: string; resources: string[]; removed: boolean } | null;
}

export function buildPrograms({ terraform }: ProgramsEstate): ProgramsState {
  const plans = Object.entries(terraform).flatMap(([configuration, { plans: made, wanted }]) =>
    Object.entries(made).map(([key, plan]) => {
      const file = { configuration, ...plan, serial: 1, after: [...wanted], readyAt: 0, failure: null };
      return [key, file] as const;
    }),
  );
  const configurations = Object.entries(terraform).map(([name, { workspaces, plans: _, ...rest }]) => {
    const all = Object.entries({ default: [], ...workspaces });
    const held = all.map(([workspace, resources]) => [workspace, { resources: [...resources], serial: 1 }]);
    return [name, { ...rest, wanted: [...rest.wanted], workspaces: Object.fromEntries(held) }];
  });
  return { configurations: Object.fromEntries(configurations), plans: Object.fromEntries(plans), jobs: {} };
}
