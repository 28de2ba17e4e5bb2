import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../sandbox/wire/serve.ts';
import { type Outside, startOutside } from '../../test/e2e/outside.ts';
import { declareAll } from '../support/declare-all.ts';
import { inMs, percentile } from '../support/numbers.ts';
import { sendCommands } from '../support/send-commands.ts';
import { say, table } from '../support/table.ts';
import { makeLoadHome, nameOf } from './home.ts';

const incidents = Number(process.argv[2] ?? 200);
const runs = Number(process.argv[3] ?? 50);
const rounds = 3;
const longestMs = 900_000;

const home = await makeLoadHome(runs);
const outside = await startOutside({ scale: 1, homeDir: home.dir, rateLimits: true });
const sink = await serve((request, response) => request.resume().on('end', () => response.end('ok')));
try {
  const { limits, workspace } = outside.farEnds.slack;
  limits.enabled = false;
  const channels = await declareAll(outside, incidents);
  limits.enabled = true;
  await wait(5_000);
  const idleMemory = await residentMb('VmRSS');
  await acknowledged();
  const idle = await repeated();
  const busyChannels = channels.slice(0, runs);
  for (const [at, channel] of busyChannels.entries()) await start(channel, nameOf(at + 1));
  const told = (beginning: string): number => busyChannels.filter((channel) => hasSaid(channel, beginning)).length;
  await workspace.changes.until(() => told('run:') === runs, 'every run to have begun', longestMs);
  const watch = watchOutbox();
  const busy = await repeated();
  const underWay = runs - told('ended:');
  await workspace.changes.until(() => told('ended:') === runs, 'every run to have ended', longestMs);
  const oldest = await watch.stop();
  const row = (name: string, took: readonly number[]): string[] => [
    name,
    inMs(percentile(took, 0.5)),
    inMs(percentile(took, 0.99)),
  ];
  say(
    table(
      ['acknowledged', 'p50', 'p99'],
      [row(`${incidents} incidents open`, idle), row(`and ${underWay} runs under way`, busy)],
    ),
  );
  say(
    `Acknowledgement at p99: ${(percentile(busy, 0.99) / percentile(idle, 0.99)).toFixed(2)} times that without runs.`,
  );
  const peak = await residentMb('VmHWM');
  say(`Memory: ${idleMemory} MB with the incidents open, at most ${peak} MB: ${(peak / idleMemory).toFixed(2)} times.`);
  say(`Oldest word that had not gone out: ${oldest.toFixed(1)} s (one channel takes one word a second).`);
} finally {
  await sink.stop();
  await outside.close();
  await home.remove();
}

async function start(channel: string, service: string): Promise<void> {
  await outside.dr('U0ANA', `exercise service=${service}`, channel);
  const sent = await outside.submit('U0ANA', {});
  if (sent.state === 'errors') throw new Error(`${service} was not started: ${JSON.stringify(sent)}`);
}

function acknowledged(): Promise<number[]> {
  return sendCommands({
    url: `http://127.0.0.1:${outside.port}/slack/events`,
    signingSecret: outside.farEnds.slack.tokens.signingSecret,
    responseUrl: sink.url,
    texts: ['help'],
    warmUp: 50,
    commands: 500,
    atATime: 50,
    everyMs: 10,
  });
}

async function repeated(): Promise<number[]> {
  const took: number[] = [];
  for (let round = 1; round <= rounds; round += 1) took.push(...(await acknowledged()));
  return took;
}

function hasSaid(channel: string, beginning: string): boolean {
  const found = [...outside.farEnds.slack.workspace.channels.values()].find(({ name }) => name === channel);
  return (found?.messages ?? []).some(({ metadata }) => String(metadata?.event_payload.key).startsWith(beginning));
}

/** The bot's memory as the system counts it, in MB: `VmRSS` now, `VmHWM` at most. */
async function residentMb(name: string): Promise<number> {
  const status = await readFile(`/proc/${(outside as Outside).bot.state.pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024);
}

/** Looks every second how old the oldest word is that waits; gives back the most it was, in seconds. */
function watchOutbox(): { stop(): Promise<number> } {
  let over = false;
  let most = 0;
  const look = async (): Promise<void> => {
    while (!over) {
      const metrics = await fetch(`http://127.0.0.1:${outside.port}/metrics`).then((answer) => answer.text());
      const ages = [...metrics.matchAll(/^muster_outbox_oldest_age_seconds\{[^}]*\} ([\d.e+-]+)$/gm)];
      if (ages.length === 0) throw new Error('/metrics does not say how old the oldest word is: correct bench/load.');
      most = Math.max(most, ...ages.map(([, age]) => Number(age)));
      await wait(1_000);
    }
  };
  const looking = look();
  return {
    stop: async () => {
      over = true;
      await looking;
      return most;
    },
  };
}
