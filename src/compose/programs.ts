import { join } from 'node:path';
import { createScripts } from '../actions/programs/scripts.ts';
import { createTerraform } from '../actions/programs/terraform.ts';
import { stopwatch } from '../clock/stopwatch.ts';
import { readVariable } from '../config/process-env.ts';
import type { Settings } from '../config/settings.ts';
import type { Home } from '../domain/home.ts';
import type { Scripts, Terraform } from '../domain/ports/programs.ts';

/** Programs of the home, run on this machine; `close` ends what runs. */
export function realPrograms(
  { homeDir, dataDir }: Pick<Settings, 'homeDir' | 'dataDir'>,
  home: Pick<Home, 'scripts' | 'terraform'>,
): { scripts: Scripts; terraform: Terraform; close: () => void } {
  const stop = new AbortController();
  const around = { homeDir, variable: readVariable, elapsedMs: stopwatch.elapsed, stop: stop.signal };
  return {
    scripts: createScripts(home.scripts, around),
    terraform: createTerraform(home.terraform, { ...around, plansDir: join(dataDir, 'terraform') }),
    close: () => stop.abort(),
  };
}
