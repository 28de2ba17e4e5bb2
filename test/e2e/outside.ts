import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BotOptions, type BotProcess, startBot } from '../../sandbox/bot-process.ts';
import { type FarEnds, startFarEnds } from '../../sandbox/far-ends.ts';
import { freePort } from '../../sandbox/wire/serve.ts';
import { createScaledClock, type ScaledClock } from '../../src/clock/scaled-clock.ts';
import { readCloud } from '../../src/compose/read-cloud.ts';
import { parseHome } from '../../src/config/parse-home.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { copyMadeStore } from '../support/made-store.ts';
import { type Hands, handsIn } from './hands.ts';

/** Muster as the outside sees it: the built program in a process of its own, every far end a strict stand-in. */
export interface Outside extends Hands {
  farEnds: FarEnds;
  bot: BotProcess;
  /** Every process of Muster; `bot` is the first, and Slack speaks to it. */
  bots: readonly Running[];
  clock: ScaledClock;
  dataDir: string;
  /** Where the bot listens. */
  port: number;
  log: string[];
  /** Time stands still from now on, at this instant or where it is. It never goes back. */
  stopTime(at?: Date): void;
  /** Time goes on, this many times as fast as real. */
  letTimeGo(scale: number): void;
  close(): Promise<void>;
}

export interface Running {
  bot: BotProcess;
  port: number;
  dataDir: string;
  /** What it alone has logged. */
  log: readonly string[];
}

export interface OutsideOptions {
  scale?: number;
  /** Processes on one database; one unless given. */
  processes?: number;
  databaseUrl?: string;
  /** Slack's and Statuspage's limits, by the simulated clock; off unless asked for. */
  rateLimits?: boolean;
  /** Another home than examples/acme. */
  homeDir?: string;
  /** Where the first process ends itself; of several, where each process does in its turn. */
  crashAt?: string | readonly string[];
  logLevel?: BotOptions['config']['logLevel'];
  /** How long the bot stays away after its end, as `startBot` takes it. */
  waitMs?: BotOptions['waitMs'];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function startOutside(options: OutsideOptions = {}): Promise<Outside> {
  const homeDir = options.homeDir ?? join(root, 'examples/acme');
  const home = parseHome(await readFile(join(homeDir, 'muster.yml'), 'utf8'), 'muster.yml');
  const now = new Date();
  const clock = createScaledClock({ realOrigin: now, origin: now, scale: options.scale ?? 300 });
  const cloud = (await readCloud(homeDir)) ?? exampleCloud('acme');
  const farEnds = await startFarEnds({ home, clock, cloud, rateLimits: options.rateLimits ?? false });
  const log: string[] = [];
  const start = () => startProcess({ options, homeDir, farEnds, clock, log });
  const first = await start();
  const bots = [first];
  while (bots.length < (options.processes ?? 1)) bots.push(await start());
  farEnds.slack.deliverTo(`http://127.0.0.1:${first.port}/slack/events`);
  const { bot, port, dataDir } = first;
  const told = (): string => `\nbot: ${JSON.stringify(bot.state)}\n${log.slice(-15).join('\n')}`;
  const hands = handsIn(farEnds.slack, told);
  const close = async (): Promise<void> => {
    await Promise.all(bots.map((one) => one.bot.stop()));
    await farEnds.stop();
    await Promise.all(bots.map((one) => rm(one.dataDir, { recursive: true, force: true })));
  };
  const steering = steerTime(clock, bots);
  const outside: Outside = { ...hands, farEnds, bot, bots, clock, dataDir, port, log, ...steering, close };
  outside.dr = async (user, text, channel) => {
    await bot.changes.until(() => bots.some((one) => one.bot.state.state === 'up'), `a bot to be up${told()}`, 60_000);
    await hands.dr(user, text, channel);
  };
  for (const { bot: each } of bots) {
    await each.changes.until(() => each.state.state === 'up', `the bot to serve; its log: ${log.join('\n')}`, 60_000);
  }
  return outside;
}

interface Start {
  options: OutsideOptions;
  homeDir: string;
  farEnds: FarEnds;
  clock: ScaledClock;
  log: string[];
}

async function startProcess({ options, homeDir, farEnds, clock, log }: Start): Promise<Running> {
  const dataDir = await mkdtemp(join(tmpdir(), 'muster-e2e-'));
  if (options.databaseUrl === undefined) await copyMadeStore(dataDir);
  const port = await freePort();
  const crashes = [options.crashAt ?? []].flat();
  const own: string[] = [];
  const bot = startBot({
    script: join(root, 'dist/sandbox/bot.js'),
    anchor: () => clock.anchor(),
    log: (line) => {
      own.push(line);
      log.push(line);
    },
    ...(options.waitMs === undefined ? {} : { waitMs: options.waitMs }),
    config: {
      slackApiUrl: farEnds.slack.url,
      botToken: farEnds.slack.tokens.bot,
      signingSecret: farEnds.slack.tokens.signingSecret,
      port,
      statuspageUrl: farEnds.statuspage.url,
      statuspageKey: farEnds.statuspage.key,
      smtpUrl: farEnds.mail.url,
      pager: { url: farEnds.pager.url, secret: farEnds.pager.secret },
      worldUrl: farEnds.world.url,
      stsUrl: farEnds.sts.url,
      homeDir,
      dataDir,
      logLevel: options.logLevel ?? 'warn',
      ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
      get crashAt() {
        return crashes.shift();
      },
    },
  });
  return { bot, port, dataDir, log: own };
}

function steerTime(clock: ScaledClock, bots: readonly Running[]): Pick<Outside, 'stopTime' | 'letTimeGo'> {
  const tell = (): void => {
    for (const { bot } of bots) bot.tell({ clock: clock.anchor() });
  };
  return {
    stopTime: (at) => {
      const shown = at?.getTime() ?? clock.now().getTime();
      clock.adopt({ segments: [...clock.anchor().segments, { real: Date.now(), shown, scale: 0 }] });
      tell();
    },
    letTimeGo: (scale) => {
      clock.setScale(scale);
      tell();
    },
  };
}
