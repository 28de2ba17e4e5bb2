import { setTimeout as wait } from 'node:timers/promises';
import type { BotProcess } from '../../sandbox/bot-process.ts';
import { startFarEnds } from '../../sandbox/far-ends.ts';
import { startPage } from '../../sandbox/server.ts';
import { addView, readView } from '../../sandbox/slack/methods/views.ts';
import type { Block, Channel, Workspace } from '../../sandbox/slack/workspace.ts';
import { createChanges } from '../../sandbox/wire/changes.ts';
import { createScaledClock } from '../../src/clock/scaled-clock.ts';
import { presentRun } from '../../src/slack/presenters/run.ts';
import { home, scopes } from '../../test/sandbox/home.ts';
import { exampleCloud } from '../../test/support/example-cloud.ts';
import { newsOf, runOfForty } from './run-of-forty.ts';

const messages = 100;
/** The live message and the run change so often, in real milliseconds. */
const liveMs = 500;

export interface Stage {
  url: string;
  openModal(): void;
  closeModal(): void;
  /** For so long the run goes on by a step, and its live message with it, as often as Muster would do it; tells how many are done. */
  goOn(ms: number): Promise<number>;
  stop(): Promise<void>;
}

/** The real page and its server, with two channels of a hundred messages, of which every tenth is a run's, and a run of forty steps. */
export async function openStage(): Promise<Stage> {
  const now = new Date();
  const clock = createScaledClock({ realOrigin: now, origin: now, scale: 60 });
  const farEnds = await startFarEnds({
    home,
    clock,
    cloud: exampleCloud('acme'),
    granted: { scopes, events: [], shouldEscape: false },
  });
  const { workspace } = farEnds.slack;
  let done = 4;
  const bot = botThatTells(() => newsOf(runOfForty(done, clock.now())));
  const page = await startPage({ home, farEnds, clock, bot });
  const named = (name: string): Channel => {
    const channel = [...workspace.channels.values()].find((one) => one.name === name);
    if (!channel) throw new Error(`There is no #${name}.`);
    return channel;
  };
  for (const name of ['incidents', 'stakeholders']) fill(workspace, named(name));
  return {
    url: page.url,
    openModal: () => {
      const { blocks } = presentRun(runOfForty(done, clock.now()), home);
      const view = { type: 'modal', title: { type: 'plain_text', text: 'The run' }, blocks };
      addView(workspace, 'U0ANA', readView({ view }, 'modal', workspace), null);
      workspace.changes.tell();
    },
    closeModal: () => {
      workspace.views.clear();
      workspace.changes.tell();
    },
    goOn: async (ms) => {
      for (let passed = 0; passed < ms; passed += liveMs) {
        done = 4 + ((done + 1) % 30);
        const live = named('incidents').messages.findLast((one) => one.blocks.length > 0);
        if (live) Object.assign(live, runMessage(workspace, done));
        bot.changes.tell();
        await wait(liveMs);
      }
      return done;
    },
    stop: async () => {
      await page.stop();
      await farEnds.stop();
    },
  };
}

function runMessage(workspace: Workspace, done: number): { text: string; blocks: Block[] } {
  const { text, blocks } = presentRun(runOfForty(done, workspace.now()), home);
  return { text, blocks: blocks.map((block, at) => ({ block_id: `b${at}`, ...block })) };
}

function fill(workspace: Workspace, channel: Channel): void {
  for (const person of workspace.users.keys()) channel.members.add(person);
  for (let place = 0; place < messages; place += 1) {
    const said = {
      text: `*${place}*: we look at \`api\` in us-east-1 :eyes: <@U0BEN>, and it _still_ fails.`,
      blocks: [],
    };
    const isRun = place % 10 === 9;
    const { bot: bot_id, user } = workspace.bot;
    channel.messages.push({
      ts: workspace.nextTs(),
      ...(isRun ? { user, bot_id, ...runMessage(workspace, 4 + (place % 30)) } : { user: 'U0BEN', ...said }),
      reactions: [],
      only: null,
    });
  }
}

function botThatTells(read: () => BotProcess['recovery']): BotProcess {
  return {
    state: { state: 'up', pid: 1, restarts: 0, lastEnd: null, endedAt: null, againInMs: null },
    get recovery() {
      return read();
    },
    commands: [],
    words: [],
    changes: createChanges(),
    kill: () => undefined,
    tell: () => undefined,
    stop: async () => undefined,
  };
}
