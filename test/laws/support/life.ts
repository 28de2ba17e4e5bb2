import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Outside, startOutside } from '../../e2e/outside.ts';

/** One life of the program, through as many of its processes as it takes. */
export interface Life extends Outside {
  /** Processes that are to end themselves. */
  crashes: readonly string[];
  databaseUrl: string | undefined;
  /** Time goes fast while Muster is up and a run is under way; else nearly as slow as on the wall. */
  hurry(on: boolean): void;
}

export interface LifeOptions {
  crashes?: readonly string[];
  databaseUrl?: string;
  dataFrom?: string;
}

/** Clock time for each unit of real time: while a run is under way, and while people act. */
const pace = { fast: 150, slow: 10, down: 1 };
const waitMs = { first: 100, longest: 200 };

export async function startLife(options: LifeOptions = {}): Promise<Life> {
  const { crashes = [], databaseUrl, dataFrom } = options;
  const outside = await startOutside({
    scale: pace.slow,
    waitMs,
    crashAt: crashes,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(dataFrom === undefined ? {} : { dataFrom }),
  });
  let fast = false;
  const keepPace = (): void => {
    const scale = outside.bot.state.state === 'up' ? (fast ? pace.fast : pace.slow) : pace.down;
    if (outside.clock.scale === scale) return;
    outside.clock.setScale(scale);
    outside.bot.tell({ clock: outside.clock.anchor() });
  };
  outside.bot.changes.watch(keepPace);
  const hurry = (on: boolean): void => {
    fast = on;
    keepPace();
  };
  return { ...outside, crashes, databaseUrl, hurry };
}

/** A data folder whose store is made already: beginning with a copy spares every life the making. */
export async function makeDataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'muster-made-'));
  const outside = await startOutside();
  await outside.bot.stop();
  await cp(outside.dataDir, path, { recursive: true });
  await outside.close();
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
