import { setTimeout as wait } from 'node:timers/promises';
import { type Outside, startOutside } from '../../e2e/outside.ts';

/** One life of the program, through as many of its processes as it takes. */
export interface Life extends Outside {
  databaseUrl: string | undefined;
  /** How often it is to be killed. */
  deaths: number;
  /** Waits until the newest process has taken over what the one before left. */
  untilAtWork(): Promise<void>;
  /** Time goes fast while Muster is at work and a run is under way; else nearly as slow as on the wall. */
  hurry(on: boolean): void;
}

export interface LifeOptions {
  /** Where each process ends itself, one after another. */
  crashes?: readonly string[];
  /** How often it is killed from outside. */
  kills?: number;
  databaseUrl?: string;
  /** Another home than examples/acme. */
  homeDir?: string;
  /** Clock time for each unit of real time while a run is under way. */
  fast?: number;
}

/** Clock time for each unit of real time: while people act, and while Muster is away. */
const pace = { slow: 2, away: 1 };
const waitMs = { first: 100, longest: 200 };
/** On PostgreSQL a dead process's work is taken over once its lease has run out. */
const takeOverMs = 12_000;

export async function startLife(options: LifeOptions): Promise<Life> {
  const { crashes = [], kills = 0, databaseUrl, homeDir, fast = 30 } = options;
  const outside = await startOutside({
    scale: pace.slow,
    waitMs,
    crashAt: crashes,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(homeDir === undefined ? {} : { homeDir }),
  });
  const steering = keepPace(outside, fast, databaseUrl === undefined ? 0 : takeOverMs);
  return { ...outside, databaseUrl, deaths: crashes.length + kills, ...steering };
}

/** A time-out is for the cloud's slowness: while Muster is not at work, the simulated clock hardly moves. */
function keepPace({ bot, clock }: Outside, fast: number, recoverMs: number): Pick<Life, 'hurry' | 'untilAtWork'> {
  let hurried = false;
  let life = bot.state.pid;
  let takenOver = Promise.resolve();
  let atWork = true;
  const keep = (): void => {
    const working = bot.state.state === 'up' && atWork;
    const scale = working ? (hurried ? fast : pace.slow) : pace.away;
    if (clock.scale === scale) return;
    clock.setScale(scale);
    bot.tell({ clock: clock.anchor() });
  };
  const takeOver = async (pid: number | null): Promise<void> => {
    await wait(recoverMs);
    if (pid !== life) return;
    atWork = true;
    keep();
  };
  bot.changes.watch(() => {
    if (bot.state.state === 'up' && bot.state.pid !== life) {
      life = bot.state.pid;
      atWork = false;
      takenOver = takeOver(life);
    }
    keep();
  });
  return {
    hurry: (on) => {
      hurried = on;
      keep();
    },
    untilAtWork: () => takenOver,
  };
}
