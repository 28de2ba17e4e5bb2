import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BotOptions, type BotProcess, startBot } from '../../sandbox/bot-process.ts';
import { type FarEnds, startFarEnds } from '../../sandbox/far-ends.ts';
import type { Message, OpenView } from '../../sandbox/slack/workspace.ts';
import { freePort } from '../../sandbox/wire/serve.ts';
import { createScaledClock, type ScaledClock } from '../../src/clock/scaled-clock.ts';
import { parseHome } from '../../src/config/parse-home.ts';

/** Muster as the outside sees it: the built program in a process of its own, every far end a strict stand-in. */
export interface Outside {
  farEnds: FarEnds;
  bot: BotProcess;
  clock: ScaledClock;
  dataDir: string;
  /** Where the bot listens. */
  port: number;
  log: string[];
  /** Types `/dr text` in a channel and gives back what Slack shows at once. */
  dr(user: string, text: string, channel?: string): Promise<void>;
  /** The modal on top of a person's screen, once it is not loading. */
  modal(user: string): Promise<OpenView>;
  submit(user: string, values: Record<string, string | string[]>): ReturnType<FarEnds['slack']['act']['submitView']>;
  /** Presses the button with this action in the newest message that has it. */
  press(user: string, channel: string, actionId: string): ReturnType<FarEnds['slack']['act']['click']>;
  /** Waits for a message that this person sees and that `is` takes. */
  seen(user: string, channel: string, is: RegExp, seconds?: number): Promise<Message>;
  /** Declares an incident by form and gives back the name of its channel. */
  declare(user: string, title: string): Promise<string>;
  close(): Promise<void>;
}

export interface OutsideOptions {
  scale?: number;
  databaseUrl?: string;
  /** Where the first process ends itself; of several, where each process does in its turn. */
  crashAt?: string | readonly string[];
  /** A data folder to begin with a copy of. */
  dataFrom?: string;
  /** How long the bot stays away after its end, as `startBot` takes it. */
  waitMs?: BotOptions['waitMs'];
  withStatuspage?: boolean;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function startOutside(options: OutsideOptions = {}): Promise<Outside> {
  const homeDir = join(root, 'examples/acme');
  const home = parseHome(await readFile(join(homeDir, 'muster.yml'), 'utf8'), 'muster.yml');
  const now = new Date();
  const clock = createScaledClock({ realOrigin: now, origin: now, scale: options.scale ?? 300 });
  const farEnds = await startFarEnds({ home, clock, rateLimits: false });
  const dataDir = await mkdtemp(join(tmpdir(), 'muster-e2e-'));
  if (options.dataFrom !== undefined) await cp(options.dataFrom, dataDir, { recursive: true });
  const port = await freePort();
  farEnds.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  const log: string[] = [];
  const crashes = [options.crashAt ?? []].flat();
  const bot = startBot({
    script: join(root, 'dist/sandbox/bot.js'),
    anchor: () => clock.anchor(),
    log: (line) => log.push(line),
    ...(options.waitMs === undefined ? {} : { waitMs: options.waitMs }),
    config: {
      slackApiUrl: farEnds.slack.url,
      botToken: farEnds.slack.tokens.bot,
      signingSecret: farEnds.slack.tokens.signingSecret,
      port,
      statuspageUrl: farEnds.statuspage.url,
      statuspageKey: farEnds.statuspage.key,
      worldUrl: farEnds.world.url,
      stsUrl: farEnds.sts.url,
      homeDir,
      dataDir,
      logLevel: 'warn',
      ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
      get crashAt() {
        return crashes.shift();
      },
    },
  });
  const outside = hands({ farEnds, bot, clock, dataDir, port, log });
  await bot.changes.until(() => bot.state.state === 'up', `the bot to serve; its log: ${log.join('\n')}`, 60_000);
  return outside;
}

function hands(parts: Pick<Outside, 'farEnds' | 'bot' | 'clock' | 'dataDir' | 'port' | 'log'>): Outside {
  const { farEnds, bot, dataDir, log } = parts;
  const { slack } = farEnds;
  const { changes } = slack.workspace;
  const told = (): string => `\nbot: ${JSON.stringify(bot.state)}\n${log.slice(-15).join('\n')}`;

  const dr: Outside['dr'] = async (user, text, channel = 'general') => {
    await bot.changes.until(() => bot.state.state === 'up', 'the bot to be up', 60_000);
    const acted = await slack.act.slashCommand({ user, channel, text });
    if (!acted.ok) throw new Error(`/dr ${text}: ${acted.shown}${told()}`);
  };
  const modal: Outside['modal'] = (user) =>
    changes.until(
      () => {
        const view = slack.modalOf(user);
        return view && !JSON.stringify(view.body).includes('⏳') ? view : undefined;
      },
      `a modal for ${user}${told()}`,
      20_000,
    );
  const submit: Outside['submit'] = async (user, values) => {
    const view = await modal(user);
    return slack.act.submitView({ user, viewId: view.id, values });
  };
  const seen: Outside['seen'] = (user, channel, is, seconds = 60) =>
    changes.until(
      () => channelThere(parts, channel) && slack.seen(user, channel).findLast((message) => is.test(message.text)),
      `${is} for ${user} in ${channel}; last: ${
        channelThere(parts, channel)
          ? slack
              .seen(user, channel)
              .slice(-4)
              .map((message) => message.text)
              .join('\n---\n')
          : 'no channel'
      }${told()}`,
      seconds * 1000,
    );
  const press: Outside['press'] = async (user, channel, actionId) => {
    const message = slack
      .seen(user, channel)
      .findLast((one) => JSON.stringify(one.blocks).includes(`"action_id":"${actionId}"`));
    if (!message) throw new Error(`no button ${actionId} in ${channel} for ${user}`);
    const id =
      [...slack.workspace.channels.values()].find((one) => one.name === channel || one.id === channel)?.id ?? channel;
    return slack.act.click({ user, channel: id, ts: message.ts, actionId });
  };
  const declare: Outside['declare'] = async (user, title) => {
    await dr(user, 'declare');
    const before = new Set(slack.workspace.channels.keys());
    const submitted = await submit(user, { title, severity: 'P1', services: ['api'] });
    if (submitted.state !== 'closed') throw new Error(`declare: ${JSON.stringify(submitted)}${told()}`);
    const channel = await changes.until(
      () => [...slack.workspace.channels.values()].find((one) => !before.has(one.id) && one.name.startsWith('inc-')),
      `the incident's channel${told()}`,
      30_000,
    );
    await seen(user, channel.name, /investigating/i);
    return channel.name;
  };
  const close = async (): Promise<void> => {
    await bot.stop();
    await farEnds.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...parts, dr, modal, submit, press, seen, declare, close };
}

function channelThere({ farEnds }: Pick<Outside, 'farEnds'>, channel: string): boolean {
  return [...farEnds.slack.workspace.channels.values()].some((one) => one.name === channel || one.id === channel);
}
