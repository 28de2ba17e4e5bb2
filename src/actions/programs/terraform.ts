import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { durationMs } from '../../domain/duration.ts';
import type { Home } from '../../domain/home.ts';
import type {
  ProgramEnd,
  ProgramSeen,
  Terraform,
  TerraformPlace,
  TerraformPlanSeen,
} from '../../domain/ports/programs.ts';
import { placeIn } from './home-folder.ts';
import { type Job, startJob } from './jobs.ts';
import { environmentOf, type Surroundings } from './surroundings.ts';
import { readChanges } from './terraform-changes.ts';

export interface TerraformOptions extends Surroundings {
  /** Folder of plan files: they hold what Terraform knows, secrets too. */
  plansDir: string;
}

const shortMs = 15_000;
const quiet = ['-input=false', '-no-color'];
const lock = '-lock-timeout=60s';

/**
 * Terraform's own program. The workspace of every verb is given to it by TF_WORKSPACE, so that nobody's selection counts;
 * and because Terraform makes a workspace of that name where there is none, it is looked up in the list before.
 */
export function createTerraform(configurations: Home['terraform'], options: TerraformOptions): Terraform {
  const cli = createCli(configurations, options);
  const jobs = new Map<string, Job>();
  const plans = new Map<string, { at: TerraformPlace; job: Job }>();
  const fileOf = (key: string): string => join(options.plansDir, `${key}.tfplan`);

  async function begin(
    key: string,
    at: TerraformPlace,
    args: readonly string[],
    after?: () => Promise<void>,
  ): Promise<void> {
    const before = jobs.get(key)?.seen();
    if (before && (before.state === 'running' || before.exit === 0)) return;
    await assertWorkspace(cli, at);
    const job = await cli.start(at.configuration, args, at.workspace);
    jobs.set(key, after ? followedBy(job, after) : job);
    await job.started;
  }

  return {
    workspaces: (configuration) => listWorkspaces(cli, configuration),
    async createWorkspace(configuration, workspace) {
      if ((await listWorkspaces(cli, configuration)).includes(workspace)) return;
      await cli.run(configuration, ['workspace', 'new', '-no-color', workspace]);
      await cli.run(configuration, ['workspace', 'select', '-no-color', 'default']);
    },
    async deleteWorkspace(configuration, workspace) {
      await cli.run(configuration, ['workspace', 'delete', '-no-color', workspace]);
    },
    async resources(configuration, workspace) {
      await assertWorkspace(cli, { configuration, workspace });
      return (await cli.state(configuration, workspace)).sort();
    },
    async startPlan(key, at) {
      await assertWorkspace(cli, at);
      await mkdir(options.plansDir, { recursive: true, mode: 0o700 });
      await rm(fileOf(key), { force: true });
      const job = await cli.start(at.configuration, ['plan', ...quiet, lock, `-out=${fileOf(key)}`], at.workspace);
      plans.set(key, { at, job });
      await job.started;
    },
    async lookPlan(key): Promise<TerraformPlanSeen | null> {
      const plan = plans.get(key);
      const seen = plan?.job.seen();
      if (!plan || !seen) return null;
      if (seen.state === 'running' || seen.exit !== 0) return seen;
      const { configuration, workspace } = plan.at;
      const { stdout } = await cli.run(configuration, ['show', '-json', fileOf(key)], workspace);
      return { state: 'planned', digest: await digestOf(fileOf(key)), changes: readChanges(stdout) };
    },
    async forgetPlan(key) {
      if (plans.get(key)?.job.seen().state === 'running') return;
      plans.delete(key);
      await rm(fileOf(key), { force: true });
    },
    async startApply(key, at, plan) {
      const found = await digestOf(fileOf(plan.key));
      if (found !== plan.digest) throw new Error('the plan file is not the one that was approved: plan again');
      await begin(key, at, ['apply', ...quiet, lock, fileOf(plan.key)]);
    },
    startDestroy: (key, at) =>
      begin(key, at, ['destroy', ...quiet, lock, '-auto-approve'], async () => {
        await cli.run(at.configuration, ['workspace', 'delete', '-no-color', at.workspace]);
      }),
    look: async (key) => jobs.get(key)?.seen() ?? null,
  };
}

/** A job that ends once what follows it has ended, too. */
function followedBy(job: Job, after: () => Promise<void>): Job {
  let settled: ProgramSeen | null = null;
  const end = job.end.then(async (ended) => {
    const { stdout: _, ...rest } = ended;
    const fault = ended.exit === 0 ? await after().then(() => null, String) : null;
    const whole = fault === null ? rest : { ...rest, exit: 1, output: `${rest.output}\n${fault}` };
    settled = { state: 'ended', ...whole };
    return { ...whole, stdout: ended.stdout };
  });
  end.catch(() => {});
  return { ...job, end, seen: () => settled ?? { state: 'running', output: job.seen().output } };
}

type Ended = ProgramEnd & { stdout: string };
type Cli = ReturnType<typeof createCli>;

function createCli(configurations: Home['terraform'], options: TerraformOptions) {
  async function start(id: string, args: readonly string[], workspace?: string, limitMs?: number): Promise<Job> {
    const configuration = Object.hasOwn(configurations, id) ? configurations[id] : undefined;
    if (!configuration) throw new Error(`muster.yml names no Terraform configuration ${id}`);
    const cwd = await placeIn(options.homeDir, configuration.folder, 'folder');
    const { env, secrets } = environmentOf(options, configuration.environment);
    const named = workspace === undefined ? {} : { TF_WORKSPACE: workspace };
    const launch = {
      file: 'terraform',
      args,
      cwd,
      env: { ...env, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1', ...named },
      secrets,
    };
    const timeoutMs = limitMs ?? durationMs(configuration.timeout);
    return startJob({ ...launch, timeoutMs, whole: true }, options.elapsedMs, options.stop);
  }
  async function end(id: string, args: readonly string[], workspace?: string): Promise<Ended> {
    return (await start(id, args, workspace, shortMs)).end;
  }
  async function run(id: string, args: readonly string[], workspace?: string): Promise<Ended> {
    const ended = await end(id, args, workspace);
    if (ended.exit !== 0) throw new Error(`terraform ${args.slice(0, 2).join(' ')} failed: ${sentenceOf(ended)}`);
    return ended;
  }
  /** An empty workspace has no state at all, which Terraform calls a failure. */
  async function state(id: string, workspace: string): Promise<string[]> {
    const ended = await end(id, ['state', 'list'], workspace);
    if (ended.exit === 0) return ended.stdout.split('\n').filter((line) => line !== '');
    if (/No state file was found/.test(ended.output)) return [];
    throw new Error(`terraform state list failed: ${sentenceOf(ended)}`);
  }
  return { start, run, state };
}

async function listWorkspaces(cli: Cli, configuration: string): Promise<string[]> {
  const { stdout } = await cli.run(configuration, ['workspace', 'list']);
  return stdout.split('\n').flatMap((line) => /^[* ] (\S+)$/.exec(line.trimEnd())?.[1] ?? []);
}

async function assertWorkspace(cli: Cli, { configuration, workspace }: TerraformPlace): Promise<void> {
  const known = await listWorkspaces(cli, configuration);
  if (!known.includes(workspace)) throw new Error(`there is no workspace ${workspace}; there are ${known.join(', ')}`);
  const { stdout } = await cli.run(configuration, ['workspace', 'show'], workspace);
  if (stdout.trim() !== workspace) throw new Error(`Terraform is in workspace ${stdout.trim()}, expected ${workspace}`);
}

async function digestOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => {
    throw new Error('there is no such plan file here: plan again');
  });
  return createHash('sha256').update(bytes).digest('hex');
}

/** Terraform frames its errors; what matters is the first line that says something. */
function sentenceOf({ output, exit }: ProgramEnd): string {
  const lines = output.split('\n').map((line) => line.replace(/^[╷│╵\s]+/, '').trim());
  const error = lines.find((line) => line.startsWith('Error: ')) ?? lines.findLast((line) => line !== '');
  return (error ?? `it ended with ${exit ?? 'no exit code'}`).replace(/\.$/, '').slice(0, 300);
}
