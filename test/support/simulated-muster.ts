import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../src/actions/catalogue.ts';
import type { SentCommand } from '../../src/actions/kit/aws.ts';
import { loadTemplates } from '../../src/broadcast/templates/load-templates.ts';
import { randomIds } from '../../src/clock/ids.ts';
import { createLeapingClock } from '../../src/clock/leaping-clock.ts';
import { createScaledClock } from '../../src/clock/scaled-clock.ts';
import { createLog } from '../../src/compose/log.ts';
import { createNews } from '../../src/compose/news.ts';
import { type Muster, openMuster } from '../../src/compose/open-muster.ts';
import { shippedDir } from '../../src/compose/shipped.ts';
import { loadHome } from '../../src/config/home.ts';
import { readSettings } from '../../src/config/settings.ts';
import type { Command } from '../../src/domain/command.ts';
import type { Home } from '../../src/domain/home.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Clock } from '../../src/domain/ports/clock.ts';
import type { ChildProgram } from '../../src/rehearsal/child.ts';
import {
  createWorld,
  simulatedCredentials,
  simulatedPlugin,
  simulatedProbes,
  type World,
} from '../../src/sim/index.ts';
import { type Example, exampleCloud } from './example-cloud.ts';
import { copyMadeStore } from './made-store.ts';

export interface SimulatedMuster extends Muster {
  world: World;
  clock: Clock;
  commands: readonly Command[];
  /** Resolves when something may have happened that nobody has looked at, and before a clock that leaps does so. */
  news(): Promise<void>;
  close(): Promise<void>;
}

export const people = {
  ana: { name: 'ana', slack: 'U0ANA', door: 'terminal' },
  ben: { name: 'ben', slack: 'U0BEN', door: 'terminal' },
  cat: { name: 'cat', slack: 'U0CAT', door: 'terminal' },
  dov: { name: 'dov', slack: 'U0DOV', door: 'terminal' },
  eve: { name: 'U0EVE', slack: 'U0EVE', door: 'slack' },
} as const satisfies Record<string, Person>;

/** A rehearsal's process, run from its source. */
export const sourceProgram: ChildProgram = {
  script: join(import.meta.dirname, '../../src/compose/rehearsal-child.ts'),
  execArgv: ['--disable-warning=ExperimentalWarning', `--import=${join(import.meta.dirname, 'run-ts.mjs')}`],
  limitMs: 180_000,
};

/** Muster without front doors, in this process, on the embedded store and a simulated cloud that goes `scale` times as fast. */
export async function startSimulatedMuster(
  options: {
    scale?: number;
    databaseUrl?: string;
    env?: Record<string, string>;
    createWorld?: (clock: Clock) => World;
    /** The example whose home and cloud these are; acme unless given. */
    example?: Example;
    /** Time leaps whenever everybody waits, instead of going `scale` times as fast. */
    leaps?: true;
    /** The home, as a test wants it. */
    changeHome?: (home: Home) => Home;
    rehearsalProgram?: Partial<ChildProgram>;
    /** Told of every request to AWS. */
    onSend?: (sent: SentCommand) => void;
  } = {},
): Promise<SimulatedMuster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'muster-'));
  if (options.databaseUrl === undefined) await copyMadeStore(dataDir);
  const now = new Date();
  const leaping = options.leaps ? createLeapingClock(now) : null;
  const clock = leaping ?? createScaledClock({ realOrigin: now, origin: now, scale: options.scale ?? 600 });
  const news = createNews(leaping ?? { still: async () => undefined });
  const example = options.example ?? 'acme';
  const cloud = exampleCloud(example);
  const world = options.createWorld?.(clock) ?? createWorld({ clock, estate: cloud });
  const homeDir = join(shippedDir, 'examples', example);
  const { home, commands } = await loadHome(homeDir, { shippedDir }, catalogue);
  const templates = await loadTemplates({
    homeDir: join(homeDir, 'templates'),
    shippedDir: join(shippedDir, 'templates'),
  });
  const settings = readSettings({
    MUSTER_DATA: dataDir,
    MUSTER_HOME: homeDir,
    MUSTER_LOG_LEVEL: 'warn',
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    ...options.env,
  });
  const muster = await openMuster({
    settings,
    home: options.changeHome?.(home) ?? home,
    cloud,
    commands,
    ...templates,
    ends: {
      simulated: true,
      clock,
      ids: randomIds,
      aws: {
        plugins: [simulatedPlugin(world.call)],
        credentials: () => simulatedCredentials,
        ...(options.onSend ? { onSend: options.onSend } : {}),
      },
      probes: simulatedProbes(world.call),
      stsUrls: ['http://127.0.0.1:1/'],
    },
    log: createLog(settings.logLevel),
    subscribers: [news.heard],
    rehearsalProgram: { ...sourceProgram, ...options.rehearsalProgram },
    onLost: () => {
      throw new Error('the lease was lost');
    },
  });
  const close = async (): Promise<void> => {
    await muster.stop();
    leaping?.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...muster, world, clock, commands, news: news.next, close };
}

/** Looks again every `everyMs` until `look` gives something, at most for `seconds`, all of real time. */
export async function until<T>(
  look: () => Promise<T | null | undefined | false>,
  what: string,
  seconds = 40,
  everyMs = 50,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`not seen within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
