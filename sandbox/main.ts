import { readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createScaledClock } from '../src/clock/scaled-clock.ts';
import { copyNewStore } from '../src/compose/new-store.ts';
import { readCloud } from '../src/compose/read-cloud.ts';
import { parseHome } from '../src/config/parse-home.ts';
import { readVariable } from '../src/config/process-env.ts';
import { SandboxDoor, sandboxDoorFile } from '../src/config/sandbox-door.ts';
import { type BotProcess, startBot } from './bot-process.ts';
import { type FarEnds, startFarEnds } from './far-ends.ts';
import { projectRoot } from './manifest.ts';
import { readOptions, type SandboxOptions } from './options.ts';
import { preparePlay } from './play/prepare-play.ts';
import { startPage } from './server.ts';
import { claimStoreFolder } from './store-folder.ts';
import { freePort, type Served } from './wire/serve.ts';

interface Part {
  stop(): Promise<void>;
}

/** `npm start`: the far ends and the page here, the real program beside them in a process of its own. */
async function main(): Promise<void> {
  const options = readOptions(process.argv);
  const example = join(projectRoot(), 'examples', 'acme');
  const homeDir = resolve(options.home ?? example);
  const file = join(homeDir, 'muster.yml');
  const home = parseHome(await readFile(file, 'utf8'), file);
  const now = new Date();
  const clock = createScaledClock({ realOrigin: now, origin: now, scale: options.scale });
  const cloud = (await readCloud(homeDir)) ?? (await readCloud(example));
  if (!cloud) throw new Error(`Neither ${homeDir} nor ${example} has a cloud.yml: there is no cloud to simulate.`);
  const farEnds = await startFarEnds({ home, clock, cloud });
  const bot = await startProgram(farEnds, homeDir, () => clock.anchor());
  const play = preparePlay(options, { home, farEnds, bot, clock }, (line) => console.log(line));
  const playing = play ? { playing: play.state } : {};
  const page = await startPageNear(options, (port) => startPage({ home, farEnds, clock, bot, port, ...playing }));
  const parts: Part[] = [page, bot, farEnds];
  const stop = stopOnSignals(parts);
  try {
    const began = () => bot.state.state === 'up' || bot.state.state === 'stopped';
    await bot.changes.until(began, 'The program beside the sandbox', 60_000);
  } catch (error) {
    await stop();
    throw error;
  }
  if (bot.state.state === 'stopped') {
    // It has said why, in the last lines that were printed.
    await stop();
    process.exit(1);
  }
  const moved = options.port === 0 || page.port === options.port ? '' : ` (port ${options.port} is taken)`;
  const address = `http://localhost:${page.port}`;
  if (play) parts.unshift(play.start(address));
  console.log(`Muster sandbox: ${address}${moved} - nothing here is real; Ctrl-C ends it.`);
}

async function startProgram(
  farEnds: FarEnds,
  homeDir: string,
  anchor: Parameters<typeof startBot>[0]['anchor'],
): Promise<BotProcess> {
  const folder = resolve('.muster');
  const dataDir = await claimStoreFolder(folder, process.pid);
  await copyNewStore(folder, dataDir);
  await writeDoor(dataDir, { dataDir, homeDir, stsUrl: farEnds.sts.url, people: farEnds.sts.credentials });
  const port = await freePort();
  farEnds.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  return startBot({
    script: fileURLToPath(new URL('./bot.js', import.meta.url)),
    anchor,
    log: (line) => console.error(line),
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
      logLevel: 'warn',
    },
  });
}

/** For `muster --sandbox`: how a terminal beside this sandbox speaks to it. */
async function writeDoor(dataDir: string, door: SandboxDoor): Promise<void> {
  await writeFile(join(dataDir, basename(sandboxDoorFile)), JSON.stringify(SandboxDoor.parse(door)), { mode: 0o600 });
}

/** On the port asked for, or on a free one when somebody has it. */
async function startPageNear(options: SandboxOptions, start: (port: number) => Promise<Served>): Promise<Served> {
  try {
    return await start(options.port);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return start(0);
  }
}

/** Returns what ends everything, in order. */
function stopOnSignals(parts: readonly Part[]): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stopAll = async () => {
    for (const part of parts) await part.stop();
  };
  const stop = () => {
    stopping ??= stopAll();
    return stopping;
  };
  const end = () => void stop().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  endWithShell(end);
  return stop;
}

/** The shell that `npm start` runs this in hands no signal on: once it is gone, nobody is left to end this. */
function endWithShell(end: () => void): void {
  if (readVariable('npm_lifecycle_event') === undefined) return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) end();
  }, 500).unref();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
