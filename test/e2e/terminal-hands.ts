import { type Child, runBuilt } from './child.ts';

export interface Said {
  code: number | NodeJS.Signals | null;
  out: string;
  err: string;
}

/** Somebody's shell: each call is the built `muster` in a process of its own. */
export interface Shell {
  /** Types one line and waits for its end. */
  type(...line: string[]): Promise<Said>;
  /** The JSON that `--json` answers with; rejects when the line was refused. */
  json(...line: string[]): Promise<Record<string, unknown>>;
  /** Types one line that goes on for a while. */
  begin(...line: string[]): Child;
}

export function shellWith(env: Record<string, string>, folder: string): Shell {
  const begin = (...line: string[]): Child => runBuilt('src/cli/bin.js', line, env, folder);
  const type = async (...line: string[]): Promise<Said> => {
    const child = begin(...line);
    const code = await child.ended;
    return { code, out: child.out.join('\n'), err: child.err.join('\n') };
  };
  const json: Shell['json'] = async (...line) => {
    const { code, out, err } = await type('--json', ...line);
    if (!out.startsWith('{')) throw new Error(`muster ${line.join(' ')} ended with ${code}: ${out}${err}`);
    return JSON.parse(out) as Record<string, unknown>;
  };
  return { type, json, begin };
}

/** The keys by which the simulated STS knows one person. */
export function keysOf(name: string): Record<string, string> {
  return { AWS_ACCESS_KEY_ID: `AKIASIM${name.toUpperCase()}`, AWS_SECRET_ACCESS_KEY: `simulated-${name}` };
}

/** The code of the plan that a command would be asked for with now. */
export async function codeOf(shell: Shell, ...line: string[]): Promise<string> {
  const { plan } = (await shell.json(...line)) as { plan?: { code?: string } };
  if (plan?.code === undefined) throw new Error(`no plan came of muster ${line.join(' ')}`);
  return plan.code;
}
