import { durationMs } from '../../domain/duration.ts';
import type { Home, Script } from '../../domain/home.ts';
import type { Scripts } from '../../domain/ports/programs.ts';
import { placeIn } from './home-folder.ts';
import { type Job, startJob } from './jobs.ts';
import { environmentOf, type Surroundings } from './surroundings.ts';

/** Scripts of the home, run by this process: what it started it knows, and only until it ends. */
export function createScripts(scripts: Home['scripts'], around: Surroundings): Scripts {
  const jobs = new Map<string, Job>();
  return {
    async start(key, id, args) {
      const before = jobs.get(key)?.seen();
      if (before && (before.state === 'running' || before.exit === 0)) return;
      const script = needScript(scripts, id);
      const file = await placeIn(around.homeDir, script.file);
      const cwd = await placeIn(around.homeDir, '.', 'folder');
      const timeoutMs = durationMs(script.timeout);
      const launch = { file, args, cwd, timeoutMs, ...environmentOf(around, script.environment) };
      const job = startJob(launch, around.elapsedMs, around.stop);
      jobs.set(key, job);
      await job.started;
    },
    look: async (key) => jobs.get(key)?.seen() ?? null,
    async forget(key) {
      if (jobs.get(key)?.seen().state === 'ended') jobs.delete(key);
    },
  };
}

function needScript(scripts: Home['scripts'], id: string): Script {
  const script = Object.hasOwn(scripts, id) ? scripts[id] : undefined;
  if (script === undefined) throw new Error(`muster.yml allows no script ${id}`);
  return script;
}
