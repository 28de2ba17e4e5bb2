import { execa } from 'execa';
import type { ProgramEnd, ProgramSeen } from '../../domain/ports/programs.ts';
import { maskSecrets } from './mask.ts';

export interface Launch {
  file: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Values of `env` that nobody may read. */
  secrets: readonly string[];
  timeoutMs: number;
  /** Whether all of its stdout is wanted, unmasked; else only the end of what it writes is kept. */
  whole?: boolean;
}

/** What a program wrote is kept to its end. */
const mostOutput = 4_000;
const mostStdout = 16_000_000;
/** After it was asked to end, before it is killed. */
const graceMs = 3_000;

/** A running program. `stdout` is whole, unmasked, and never for people. */
export interface Job {
  seen(): ProgramSeen;
  /** Rejects when it could not be started. */
  started: Promise<void>;
  end: Promise<ProgramEnd & { stdout: string }>;
}

/**
 * Starts a program without a shell, in a process group of its own. When its time is over, or `stop` aborts, it is ended
 * with its children.
 */
export function startJob(launch: Launch, elapsedMs: () => number, stop: AbortSignal): Job {
  const began = elapsedMs();
  const timeout = AbortSignal.timeout(launch.timeoutMs);
  const child = spawn(launch);
  let output = '';
  child.all.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-2 * mostOutput);
  });
  const show = (): string => maskSecrets(output, launch.secrets).slice(-mostOutput).trim();
  const quit = (): void => endGroup(child.pid, () => child.all.destroy());
  for (const signal of [timeout, stop]) signal.addEventListener('abort', quit, { once: true });
  if (stop.aborted) quit();
  let seen: ProgramSeen | null = null;
  const end = child.then((result) => {
    for (const signal of [timeout, stop]) signal.removeEventListener('abort', quit);
    const exit = timeout.aborted || stop.aborted ? null : (result.exitCode ?? null);
    const ended: ProgramEnd = { exit, ended: howEnded(exit, timeout, stop), output: show(), ms: elapsedMs() - began };
    seen = { state: 'ended', ...ended };
    return { ...ended, stdout: String(result.stdout ?? '') };
  });
  const started = child.pid === undefined ? failedStart(child) : Promise.resolve();
  return { seen: () => seen ?? { state: 'running', output: show() }, started, end };
}

function spawn({ file, args, cwd, env, whole = false }: Launch) {
  return execa(file, args, {
    ...{ cwd, env, extendEnv: false, shell: false, detached: true },
    ...{ stdin: 'ignore', all: true, buffer: whole, reject: false, maxBuffer: mostStdout },
  });
}

async function failedStart(child: Promise<{ code?: string | undefined }>): Promise<void> {
  const { code } = await child;
  throw new Error(`it could not be started (${code ?? 'no reason was given'})`);
}

function howEnded(exit: number | null, timeout: AbortSignal, stop: AbortSignal): ProgramEnd['ended'] {
  if (exit !== null) return 'by itself';
  if (stop.aborted) return 'with Muster';
  return timeout.aborted ? 'at its time-out' : 'by a signal';
}

/** Asks the whole group to end, and kills what is left of it; one that has left the group is not waited for. */
function endGroup(pid: number | undefined, giveUp: () => void): void {
  const kill = (): void => {
    signalGroup(pid, 'SIGKILL');
    giveUp();
  };
  signalGroup(pid, 'SIGTERM');
  AbortSignal.timeout(graceMs).addEventListener('abort', kill, { once: true });
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}
