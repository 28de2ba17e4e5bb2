import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type SimulatedSlack, startSlack as startSimulatedSlack } from '../../sandbox/slack/start.ts';
import type { Message, OpenView } from '../../sandbox/slack/workspace.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import { createLog } from '../../src/compose/log.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import type { SlackOptions } from '../../src/slack/options.ts';
import { type SlackEdge, startSlack } from '../../src/slack/start.ts';
import { type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const Manifest = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
  features: z.object({ slash_commands: z.array(z.object({ command: z.string(), should_escape: z.boolean() })) }),
});

export async function readManifest(): Promise<z.infer<typeof Manifest>> {
  return Manifest.parse(parse(await readFile(join(import.meta.dirname, '../../manifest.yml'), 'utf8')));
}

/** The whole of Muster behind real Bolt, against a simulated Slack with the scopes of the shipped manifest. */
export interface Bench {
  slack: SimulatedSlack;
  muster: SimulatedMuster;
  edge: SlackEdge;
  url: string;
  say(user: string, text: string, channel?: string): Promise<void>;
  modal(user: string, holding: RegExp): Promise<OpenView>;
  message(user: string, channel: string, holding: RegExp): Promise<Message>;
  close(): Promise<void>;
}

export async function startBench(
  over: Partial<SlackOptions>,
  scale: number,
  socket = false,
  of: Parameters<typeof startSimulatedMuster>[0] = {},
): Promise<Bench> {
  const muster = await startSimulatedMuster({ scale, ...of });
  const manifest = await readManifest();
  const slack = await startSimulatedSlack({
    home: muster.home,
    scopes: manifest.oauth_config.scopes.bot,
    events: manifest.settings.event_subscriptions.bot_events,
    rateLimits: false,
    shouldEscape: manifest.features.slash_commands[0]?.should_escape ?? false,
  });
  const edge = await startSlack({ ...edgeOptions(muster, slack, socket), ...over });
  muster.slack.connect(edge);
  muster.broadcast.start();
  const url = `http://127.0.0.1:${edge.port}/slack/events`;
  if (!socket) slack.deliverTo(url);
  return {
    slack,
    muster,
    edge,
    url,
    say: async (user, text, channel = '#general') => {
      const acted = await slack.act.slashCommand({ user, channel, text });
      if (!acted.ok) throw new Error(`/dr ${text}: ${acted.shown}`);
    },
    modal: (user, holding) =>
      until(async () => holds(slack.modalOf(user), holding), `a modal of ${user} with ${holding}`, 20),
    message: (user, channel, holding) =>
      until(
        async () => slack.seen(user, channel).findLast((message) => holding.test(JSON.stringify(message))),
        `a message with ${holding} in ${channel}`,
        20,
      ),
    close: async () => {
      await edge.stop();
      await muster.close();
      await slack.stop();
    },
  };
}

export function edgeOptions(muster: SimulatedMuster, slack: SimulatedSlack, socket: boolean): SlackOptions {
  const { bot: botToken, app: appToken, signingSecret } = slack.tokens;
  const taken = new Set<string>();
  return {
    mode: socket
      ? { kind: 'socket', appToken, botToken }
      : { kind: 'http', port: 0, host: '127.0.0.1', signingSecret, botToken },
    apiUrl: slack.url,
    home: muster.home,
    useCases: muster,
    clock: muster.clock,
    real: systemClock,
    ids: { next: (prefix) => `${prefix}_1` },
    log: createLog('silent'),
    seen: async (signature) => {
      const before = taken.has(signature);
      taken.add(signature);
      return before;
    },
    simulated: true,
    crash: noCrash,
  };
}

function holds(view: OpenView | undefined, holding: RegExp): OpenView | null {
  return view !== undefined && holding.test(JSON.stringify(view.body)) ? view : null;
}
