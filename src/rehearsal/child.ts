import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '../domain/ports/clock.ts';
import { FromRehearsal, type RehearsalTask } from './messages.ts';
import type { RehearsalReport } from './report.ts';

/** The program that a rehearsal is carried out by. */
export interface ChildProgram {
  script: string;
  /** For Node itself. */
  execArgv: readonly string[];
  /** Real milliseconds after which it is ended, whatever it does. */
  limitMs: number;
}

export type ChildEnd =
  | { kind: 'reported'; report: RehearsalReport }
  | { kind: 'refused'; sentence: string }
  /** `why` is a part of a sentence. */
  | { kind: 'lost'; why: string };

export interface Child {
  ended: Promise<ChildEnd>;
  /** Ends it as it is. */
  kill(): void;
}

/** Of what a process says at its end, as much is kept. */
const lastWords = 4_000;

/** Carries out a task in a process that has no variable of this one's, and no folder but its own. */
export function startChild(
  program: ChildProgram,
  task: RehearsalTask,
  on: { real: Pick<Clock, 'sleep'>; progress(line: string): void; trouble(why: string): void },
): Child {
  const child = spawn(process.execPath, [...program.execArgv, program.script], {
    // The SDK looks for its files in HOME, where there are none.
    env: { HOME: task.folder },
    cwd: task.folder,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const limit = new AbortController();
  const ended = watch(child, task, on).finally(() => limit.abort());
  const late = on.real.sleep(program.limitMs, limit.signal).then(
    (): ChildEnd => ({ kind: 'lost', why: `it did not end within ${program.limitMs / 1_000} seconds` }),
    () => ended,
  );
  const kill = (): void => void child.kill('SIGKILL');
  return {
    kill,
    ended: Promise.race([ended, late]).then(async (end) => {
      kill();
      await ended;
      return end;
    }),
  };
}

function watch(
  child: ChildProcess,
  task: RehearsalTask,
  on: { progress(line: string): void; trouble(why: string): void },
): Promise<ChildEnd> {
  let end: ChildEnd | null = null;
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = `${words}${text}`.slice(-lastWords);
  });
  child.on('message', (given) => {
    const message = FromRehearsal.safeParse(given);
    if (!message.success) end ??= { kind: 'lost', why: 'its process said something that cannot be read' };
    else if (message.data.kind === 'ready') child.send(task);
    else if (message.data.kind === 'progress') on.progress(message.data.line);
    else end ??= message.data;
  });
  // Before it is there, or after it is gone, what it is told reaches nobody; its end says so.
  child.on('error', (error) => {
    words = `${words}${error.message}`;
  });
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      if (end === null || end.kind === 'lost') on.trouble(words.trim());
      resolve(end ?? { kind: 'lost', why: `its process ended (${signal ?? `exit code ${code}`})` });
    });
  });
}
