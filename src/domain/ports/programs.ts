import type { Home } from '../home.ts';

/** Programs and files of the home. Each function rejects with an Error whose message is one sentence. */

/** What has become of a program that was started. */
export type ProgramSeen = { state: 'running'; output: string } | ({ state: 'ended' } & ProgramEnd);

export interface ProgramEnd {
  /** Null where it was ended from outside; then `ended` says by whom. */
  exit: number | null;
  ended: 'by itself' | 'at its time-out' | 'by a signal' | 'with Muster';
  /** The last of what it wrote, secrets masked. */
  output: string;
  ms: number;
}

/** Scripts that muster.yml allows; run without a shell, each with its children in a process group of its own. */
export interface Scripts {
  /**
   * Starts a script under a key. While one runs under that key, or has ended well under it, nothing is started.
   * `args` are its arguments; its file, environment and time-out are what muster.yml says.
   */
  start(key: string, script: string, args: readonly string[]): Promise<void>;
  /** Null where this Muster has started nothing under that key. */
  look(key: string): Promise<ProgramSeen | null>;
  /** Forgets what has ended under a key, so that it can be started anew. */
  forget(key: string): Promise<void>;
}

/** What a plan of Terraform would do, without any value in it. */
export interface TerraformChanges {
  add: number;
  change: number;
  destroy: number;
  /** Addresses of what would be destroyed or replaced, sorted. */
  destroyed: string[];
}

export type TerraformPlanSeen =
  | { state: 'running'; output: string }
  | { state: 'planned'; digest: string; changes: TerraformChanges }
  | ({ state: 'ended' } & ProgramEnd);

/** Terraform in a folder that muster.yml names as a configuration. Every function works in the workspace it is given. */
export interface Terraform {
  workspaces(configuration: string): Promise<string[]>;
  /** Makes an empty workspace; one that is there already is left as it is. */
  createWorkspace(configuration: string, workspace: string): Promise<void>;
  /** Removes a workspace. Rejects while its state holds anything. */
  deleteWorkspace(configuration: string, workspace: string): Promise<void>;
  /** Addresses in the workspace's state. */
  resources(configuration: string, workspace: string): Promise<string[]>;
  /** Starts making a plan file under a key, replacing an earlier one of that key. */
  startPlan(key: string, at: TerraformPlace): Promise<void>;
  lookPlan(key: string): Promise<TerraformPlanSeen | null>;
  /** Forgets a plan that is not being made any more, with its file. */
  forgetPlan(key: string): Promise<void>;
  /** Starts applying the plan file that was made under `plan`, if its SHA-256 is `digest` still. */
  startApply(key: string, at: TerraformPlace, plan: { key: string; digest: string }): Promise<void>;
  /** Starts destroying what the workspace holds, and then removing it. */
  startDestroy(key: string, at: TerraformPlace): Promise<void>;
  /** What became of an apply or a destroy. */
  look(key: string): Promise<ProgramSeen | null>;
}

export interface TerraformPlace {
  configuration: string;
  workspace: string;
}

/** The home's own files and what muster.yml says of programs. */
export interface HomeFolder extends Pick<Home, 'scripts' | 'terraform'> {
  /** The text of a file by its path in the home. */
  read(path: string): Promise<string>;
  /** The SHA-256 of a file that can be executed. */
  digestOfProgram(path: string): Promise<string>;
}
