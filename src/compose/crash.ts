import process from 'node:process';
import type { Settings } from '../config/settings.ts';
import { type Crash, noCrash } from '../domain/ports/crash.ts';

/** Ends this process without a word at the named point, as a power cut would; nothing unless a test asks for it. */
export function crashAt(wanted: Settings['crashAt']): Crash {
  if (!wanted) return noCrash;
  return (point, detail) => {
    if (point === wanted.point && (wanted.detail === undefined || wanted.detail === detail))
      process.kill(process.pid, 'SIGKILL');
  };
}
