import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Outside } from '../../test/e2e/outside.ts';

const lookEveryMs = 500;
const longestMs = 300_000;

/** A process's memory as Linux counts it, in MB: `VmRSS` now, `VmHWM` at most. */
export async function residentMb({ bot }: Outside, name: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${bot.state.pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024);
}

/** From now on `VmHWM` is the most since now. */
export async function forgetPeak({ bot }: Outside): Promise<void> {
  await writeFile(`/proc/${bot.state.pid}/clear_refs`, '5');
}

/** Waits until every word has gone out, as the program's own metrics say. */
export async function untilSaid({ port }: Outside): Promise<void> {
  const began = performance.now();
  for (;;) {
    const metrics = await fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text());
    const waiting = [...metrics.matchAll(/^muster_outbox_waiting\{[^}]*\} (\d+)$/gm)].map(([, count]) => Number(count));
    if (waiting.length === 0) throw new Error('/metrics does not say what waits to go out: correct bench/load.');
    if (waiting.every((count) => count === 0)) return;
    if (performance.now() - began > longestMs) throw new Error(`${waiting} words wait still.`);
    await wait(lookEveryMs);
  }
}
