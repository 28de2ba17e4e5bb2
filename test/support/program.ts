import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const loader = fileURLToPath(new URL('./run-ts.mjs', import.meta.url));

/** A TypeScript file running in a Node of its own, which tells what it does line by line. */
export interface Program {
  child: ChildProcess;
  /** Resolves with the first line, past or coming, that starts with `word`; rejects if the program ends without it. */
  line(word: string): Promise<string>;
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
  kill(): Promise<void>;
}

export function runProgram(file: URL, argument: unknown): Program {
  const child = spawn(process.execPath, ['--import', loader, fileURLToPath(file), JSON.stringify(argument)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const wake = (): void => {
    for (const listener of listeners) listener();
  };
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += String(text);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  let over = false;
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => {
      over = true;
      wake();
      resolve(code ?? signal);
    });
  });
  return {
    child,
    ended,
    line: (word) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find((line) => line.startsWith(word));
          if (found === undefined && !over) return;
          listeners.delete(look);
          if (found !== undefined) resolve(found);
          else
            reject(new Error(`The program ended without a line "${word}". It said: ${[...lines, errors].join('\n')}`));
        };
        listeners.add(look);
        look();
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
