import process from 'node:process';
import type { Settings } from '../config/settings.ts';
import { type Crash, noCrash } from '../domain/ports/crash.ts';

/** Ends this process without a word at the named point, as a power cut would; nothing unless a test asks for it. */
export function crashAt(wanted: Settings['crashAt']): Crash {
  if (!wanted) return noCrash;
  return (point, detail = '') => {
    if (point === wanted.point && isWithin(detail, wanted.detail)) process.kill(process.pid, 'SIGKILL');
  };
}

/** `header` holds `header:1`, as the whole of `header:1` does. */
function isWithin(detail: string, wanted: string | undefined): boolean {
  return wanted === undefined || detail === wanted || detail.startsWith(`${wanted}:`);
}
