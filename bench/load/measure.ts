import { serve } from '../../sandbox/wire/serve.ts';
import { type Outside, startOutside } from '../../test/e2e/outside.ts';
import { declareAll } from '../support/declare-all.ts';
import { sendCommands } from '../support/send-commands.ts';
import { nameOf } from './home.ts';
import { forgetPeak, residentMb, untilSaid } from './process.ts';
import { readWaits, type Waited } from './words.ts';

export interface Load {
  homeDir: string;
  /** The embedded store where none is given. */
  databaseUrl?: string;
  /** How many are open. */
  incidents: number;
  /** In how many of their channels something runs. */
  runs: number;
}

/** One process under load beside the same without. */
export interface Measured {
  /** Milliseconds until each command was acknowledged. */
  idle: number[];
  busy: number[];
  /** How many runs were under way when `busy` began and when it was over. */
  underWay: { first: number; last: number };
  /** Megabytes of memory with the incidents open, and at most from the first run on. */
  memory: { idle: number; peak: number };
  waited: Waited[];
}

const rounds = 3;
const longestMs = 600_000;

export async function measureLoad({ incidents, runs, ...where }: Load): Promise<Measured> {
  const outside = await startOutside({ ...where, scale: 1, rateLimits: true });
  const sink = await serve((request, response) => request.resume().on('end', () => response.end('ok')));
  const acknowledged = (): Promise<number[]> => acknowledge(outside, sink.url);
  try {
    const { limits, workspace } = outside.farEnds.slack;
    limits.enabled = false;
    const channels = (await declareAll(outside, incidents)).slice(0, runs);
    await untilSaid(outside);
    limits.enabled = true;
    await acknowledged();
    const idle = await repeated(acknowledged);
    const idleMemory = await residentMb(outside, 'VmRSS');

    await forgetPeak(outside);
    const began = outside.clock.now();
    await startAll(outside, channels);
    const told = (beginning: string): number => channels.filter((name) => hasSaid(outside, name, beginning)).length;
    await workspace.changes.until(() => told('run:') === runs, 'every run to have begun', longestMs);
    const first = runs - told('ended:');
    const busy = await repeated(acknowledged);
    const last = runs - told('ended:');
    await workspace.changes.until(() => told('ended:') === runs, 'every run to have ended', longestMs);
    const peak = await residentMb(outside, 'VmHWM');
    await untilSaid(outside);
    await outside.bot.stop();
    const waited = await readWaits({ ...outside, ...where }, began);
    return { idle, busy, underWay: { first, last }, memory: { idle: idleMemory, peak }, waited };
  } finally {
    await sink.stop();
    await outside.close();
  }
}

/** By the one commander, who has one form open at a time. */
async function startAll(outside: Outside, channels: readonly string[]): Promise<void> {
  for (const [at, channel] of channels.entries()) {
    await outside.dr('U0ANA', `exercise service=${nameOf(at + 1)}`, channel);
    const sent = await outside.submit('U0ANA', {});
    if (sent.state !== 'closed') throw new Error(`${nameOf(at + 1)} was not started: ${JSON.stringify(sent)}`);
  }
}

function acknowledge({ port, farEnds }: Outside, responseUrl: string): Promise<number[]> {
  return sendCommands({
    url: `http://127.0.0.1:${port}/slack/events`,
    signingSecret: farEnds.slack.tokens.signingSecret,
    responseUrl,
    texts: ['help'],
    warmUp: 50,
    commands: 500,
    atATime: 50,
    everyMs: 10,
  });
}

async function repeated(acknowledged: () => Promise<number[]>): Promise<number[]> {
  const took: number[] = [];
  for (let round = 1; round <= rounds; round += 1) took.push(...(await acknowledged()));
  return took;
}

function hasSaid({ farEnds }: Outside, channel: string, beginning: string): boolean {
  const found = [...farEnds.slack.workspace.channels.values()].find(({ name }) => name === channel);
  return (found?.messages ?? []).some(({ metadata }) => String(metadata?.event_payload.key).startsWith(beginning));
}
