import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A built program of ours, in a process of its own that is given nothing of this one's environment. */
export interface Child {
  process: ChildProcess;
  /** Lines on standard output: a server's log. */
  out: string[];
  /** Lines on standard error. */
  err: string[];
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** Variables without which a program here would ask this machine for what a test has to give it. */
const closed = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_CONFIG_FILE: '/dev/null',
};

export function runBuilt(script: string, args: readonly string[], env: Record<string, string>, cwd: string): Child {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', `${root}/dist/${script}`, ...args], {
    env: { HOME: cwd, ...closed, ...env },
    cwd,
    // The sandbox's bot serves nobody without its channel; the others do not use it.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  const stop: Child['stop'] = async (signal = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  return { process: child, out: linesOf(child.stdout), err: linesOf(child.stderr), ended, stop };
}

/** Whole lines as they come; what a program leaves unfinished at its end counts as one. */
function linesOf(stream: ChildProcess['stdout']): string[] {
  const lines: string[] = [];
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    const parts = `${rest}${text}`.split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.filter((line) => line !== ''));
  });
  stream?.on('end', () => {
    if (rest !== '') lines.push(rest);
  });
  return lines;
}
