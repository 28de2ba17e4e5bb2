import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../sandbox/wire/serve.ts';
import type { Outside } from '../../test/e2e/outside.ts';
import { declareAll } from '../support/declare-all.ts';
import { sendCommands } from '../support/send-commands.ts';

/** Milliseconds until each command was acknowledged. */
export interface Acknowledged {
  crowded: number[];
  paced: number[];
}

export interface Minute {
  incidents: number;
  /** With nothing due, and while all of it went out. */
  idle: Acknowledged;
  busy: Acknowledged;
  /** Each destination: how much it got, the seconds that it took, and the least that its limit allows. */
  delivered: { to: string; count: number; seconds: number; least: number }[];
}

const longestMs = 600_000;
const settledMs = 2_000;
/** Fifty in flight, each followed by the next at once: as much as it can take. */
const crowded = { count: 500, atATime: 50 };
/** One every ten milliseconds: somebody in each of 200 channels every two seconds. */
const paced = { count: 500, atATime: 50, everyMs: 10 };
/** What one Slack channel and one Statuspage key take: one a second, but for a few messages that Slack lets through at once. */
const limits = { channelBurst: 5, channelPerSecond: 1, pagePerSecond: 1 };

/** Many incidents, declared at one instant, whose words to everybody are due at one instant. */
export async function measureMinute(outside: Outside, incidents: number, dueMs: number): Promise<Minute> {
  const { slack, statuspage } = outside.farEnds;
  slack.limits.enabled = false;
  outside.stopTime();
  await declareAll(outside, incidents);
  const { changes } = slack.workspace;
  await changes.until(() => countOf(outside).stakeholders >= incidents, 'stakeholders to be told', longestMs);
  await wait(settledMs);
  const sink = await serve((request, response) => request.resume().on('end', () => response.end('ok')));
  const send = () => sendHelp(outside, sink.url);
  await send();
  const idle = await times(3, send);

  slack.limits.enabled = true;
  const before = countOf(outside);
  outside.stopTime(new Date(outside.clock.now().getTime() + dueMs));
  outside.letTimeGo(1);
  const began = performance.now();
  const arrived = { stakeholders: 0, responders: 0, page: 0 };
  const watch = (async () => {
    while (performance.now() - began < longestMs) {
      const now = countOf(outside);
      const seconds = (performance.now() - began) / 1000;
      for (const to of Object.keys(arrived) as (keyof typeof arrived)[]) {
        if (arrived[to] === 0 && now[to] >= before[to] + incidents) arrived[to] = seconds;
      }
      if (Object.values(arrived).every((at) => at > 0)) return;
      await wait(100);
    }
    throw new Error(
      `not all arrived: ${JSON.stringify({ before, now: countOf(outside), refused: statuspage.page.refused.at(-1) })}`,
    );
  })();
  await wait(settledMs);
  const busy = await times(3, send);
  await watch;
  await sink.stop();
  const delivered = [
    {
      to: 'one channel',
      count: incidents,
      seconds: arrived.stakeholders,
      least: (incidents - limits.channelBurst) / limits.channelPerSecond,
    },
    { to: 'a channel for each', count: incidents, seconds: arrived.responders, least: 0 },
    { to: 'status page', count: incidents, seconds: arrived.page, least: (incidents - 1) / limits.pagePerSecond },
  ];
  return { incidents, idle, busy, delivered };
}

/** What has arrived so far. */
function countOf({ farEnds }: Outside): { stakeholders: number; responders: number; page: number } {
  const channels = [...farEnds.slack.workspace.channels.values()];
  const words = (is: (name: string) => boolean): number =>
    channels
      .filter(({ name }) => is(name))
      .flatMap(({ messages }) => messages)
      .filter(({ metadata }) => String(metadata?.event_payload.key).startsWith('words_')).length;
  return {
    stakeholders: words((name) => name === 'stakeholders'),
    responders: words((name) => name.startsWith('inc-')),
    page: farEnds.statuspage.page.incidents.length,
  };
}

async function sendHelp({ port, farEnds }: Outside, responseUrl: string): Promise<Acknowledged> {
  const send = ({ count, ...pace }: { count: number; atATime: number; everyMs?: number }) =>
    sendCommands({
      url: `http://127.0.0.1:${port}/slack/events`,
      signingSecret: farEnds.slack.tokens.signingSecret,
      responseUrl,
      texts: ['help'],
      commands: count,
      warmUp: pace.atATime,
      ...pace,
    });
  return { paced: await send(paced), crowded: await send(crowded) };
}

async function times(count: number, send: () => Promise<Acknowledged>): Promise<Acknowledged> {
  const all: Acknowledged = { crowded: [], paced: [] };
  for (let round = 0; round < count; round += 1) {
    const { crowded, paced } = await send();
    all.crowded.push(...crowded);
    all.paced.push(...paced);
  }
  return all;
}
