import { serve } from '../../sandbox/wire/serve.ts';
import { type Outside, startOutside } from '../../test/e2e/outside.ts';
import { declareAll } from '../support/declare-all.ts';
import { inMs, percentile } from '../support/numbers.ts';
import { sendCommands } from '../support/send-commands.ts';
import { say, table } from '../support/table.ts';
import { asRatio } from '../support/want.ts';
import { makeLoadHome, nameOf } from './home.ts';
import { forgetPeak, residentMb, untilSaid } from './process.ts';
import { readWaits, type Waited } from './words.ts';

const incidents = Number(process.argv[2] ?? 200);
const runs = Number(process.argv[3] ?? 50);
const rounds = 3;
const longestMs = 600_000;

const home = await makeLoadHome(runs);
const outside = await startOutside({ scale: 1, homeDir: home.dir, rateLimits: true });
const sink = await serve((request, response) => request.resume().on('end', () => response.end('ok')));
try {
  const { limits, workspace } = outside.farEnds.slack;
  limits.enabled = false;
  const channels = (await declareAll(outside, incidents)).slice(0, runs);
  await untilSaid(outside);
  limits.enabled = true;
  await acknowledged();
  const idle = await repeated();
  const idleMemory = await residentMb(outside, 'VmRSS');

  await forgetPeak(outside);
  const began = outside.clock.now();
  await startAll(channels);
  const told = (beginning: string): number => channels.filter((channel) => hasSaid(channel, beginning)).length;
  await workspace.changes.until(() => told('run:') === runs, 'every run to have begun', longestMs);
  const atFirst = runs - told('ended:');
  const busy = await repeated();
  const atLast = runs - told('ended:');
  await workspace.changes.until(() => told('ended:') === runs, 'every run to have ended', longestMs);
  const peak = await residentMb(outside, 'VmHWM');
  await untilSaid(outside);
  await outside.bot.stop();

  sayAcknowledged({ idle, busy, underWay: `${atFirst} to ${atLast}` });
  say(`Memory: ${idleMemory} MB with the incidents open, at most ${peak} MB: ${(peak / idleMemory).toFixed(2)} times.`);
  sayWords(await readWaits(outside, began));
} finally {
  await sink.stop();
  await outside.close();
  await home.remove();
}

/** By the one commander, who has one form open at a time. */
async function startAll(channels: readonly string[]): Promise<void> {
  for (const [at, channel] of channels.entries()) {
    await outside.dr('U0ANA', `exercise service=${nameOf(at + 1)}`, channel);
    const sent = await outside.submit('U0ANA', {});
    if (sent.state !== 'closed') throw new Error(`${nameOf(at + 1)} was not started: ${JSON.stringify(sent)}`);
  }
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
  const found = [...(outside as Outside).farEnds.slack.workspace.channels.values()].find(
    ({ name }) => name === channel,
  );
  return (found?.messages ?? []).some(({ metadata }) => String(metadata?.event_payload.key).startsWith(beginning));
}

function sayAcknowledged({ idle, busy, underWay }: { idle: number[]; busy: number[]; underWay: string }): void {
  const row = (name: string, took: readonly number[]): string[] => [
    name,
    ...[0.5, 0.99].map((share) => inMs(percentile(took, share))),
  ];
  const rows = [row(`${incidents} incidents open`, idle), row(`and ${underWay} runs under way`, busy)];
  say(table(['acknowledged', 'p50', 'p99'], rows));
  const ratio = percentile(busy, 0.99) / percentile(idle, 0.99);
  say(`Acknowledgement at p99: ${asRatio(ratio)} times that without runs.`);
}

function sayWords(waited: readonly Waited[]): void {
  if (waited.length === 0) return say('No message went out: how long one waits is not known.');
  const row = (name: string, seconds: readonly number[]): string[] => [
    name,
    ...[0.5, 0.99, 1].map((share) => `${percentile(seconds, share).toFixed(1)} s`),
  ];
  const rows = [
    row(
      'until Slack had it',
      waited.map(({ took }) => took),
    ),
    row(
      "the least that Slack's limit allows",
      waited.map(({ least }) => least),
    ),
  ];
  say(table([`${waited.length} messages`, 'p50', 'p99', 'most'], rows));
}
