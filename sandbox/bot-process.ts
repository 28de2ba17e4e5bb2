import { type ChildProcess, spawn } from 'node:child_process';
import { type ClockAnchor, shownAt } from '../src/clock/anchor.ts';
import type { BotConfig, BotMessage } from './bot-config.ts';
import { CommandNews, type OfferedCommand, type SayableWord } from './command-news.ts';
import { BotNews, type RecoveryNews } from './recovery-news.ts';
import { type Changes, createChanges } from './wire/changes.ts';

/** How the bot is, as the page tells it. */
export interface BotState {
  state: 'starting' | 'up' | 'restarting' | 'stopped';
  pid: number | null;
  restarts: number;
  /** Why it last went away. */
  lastEnd: string | null;
  /** When it last went away, by the simulated clock. */
  endedAt: string | null;
  /** Real milliseconds from that end to the next start. */
  againInMs: number | null;
}

export interface BotProcess {
  state: BotState;
  /** What it last told; it outlives the bot. Null: there is no incident; undefined: it has told nothing yet. */
  readonly recovery: RecoveryNews | null | undefined;
  /** What its home offers; null until it has read it. */
  readonly commands: readonly OfferedCommand[] | null;
  /** What may be said to it; empty until it has read its home. */
  readonly words: readonly SayableWord[];
  changes: Changes;
  /** Ends it as a power cut would: SIGKILL. It is started again. */
  kill(): void;
  tell(message: BotMessage): void;
  stop(): Promise<void>;
}

export interface BotOptions {
  script: string;
  config: Omit<BotConfig, 'clockAnchor'>;
  anchor(): ClockAnchor;
  log(line: string): void;
  /** Real milliseconds from its end to its next start: doubled each time, up to `longest`. */
  waitMs?: { first: number; longest: number };
}

const usualWaitMs = { first: 500, longest: 15_000 };
const steadyMs = 30_000;
const graceMs = 5_000;

/**
 * Runs the bot as a child with an environment of its own, and starts it again whenever it ends. One that ends itself
 * before it ever served has said why, and would say the same again: it is `stopped`.
 */
export function startBot(options: BotOptions): BotProcess {
  const state: BotState = { state: 'starting', pid: null, restarts: 0, lastEnd: null, endedAt: null, againInMs: null };
  const changes = createChanges();
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  const { first, longest } = options.waitMs ?? usualWaitMs;
  let waitMs = first;
  let served = false;
  let recovery: RecoveryNews | null | undefined;
  let home: CommandNews | null = null;

  function hear(message: unknown): void {
    const offered = CommandNews.safeParse(message);
    const news = BotNews.safeParse(message);
    if (offered.success) home = offered.data;
    else if (news.success) recovery = news.data.recovery;
    else return options.log(`The bot said what nobody understands: ${news.error.message}`);
    changes.tell();
  }

  function start(): void {
    const began = Date.now();
    child = launch(options);
    Object.assign(state, { state: 'starting', pid: child.pid ?? null });
    changes.tell();
    const own = child;
    own.on('message', hear);
    void untilServing(options.config.port, () => child === own && own.exitCode === null).then((serving) => {
      if (!serving || child !== own) return;
      served = true;
      state.state = 'up';
      changes.tell();
    });
    // Not at its exit: its last words are still on their way then.
    own.once('close', (code, signal) => {
      if (signal === null && !served) state.state = 'stopped';
      ended(signal ?? `exit code ${code}`, Date.now() - began);
    });
  }

  function ended(how: string, livedMs: number): void {
    child = null;
    const endedAt = new Date(shownAt(options.anchor(), Date.now())).toISOString();
    Object.assign(state, { pid: null, lastEnd: how, endedAt });
    if (state.state !== 'stopped') {
      waitMs = livedMs > steadyMs ? first : Math.min(longest, waitMs * 2);
      state.state = 'restarting';
      state.restarts += 1;
      state.againInMs = waitMs;
      options.log(`The bot ended (${how}); it is started again in ${waitMs} ms.`);
      timer = setTimeout(start, waitMs);
    }
    changes.tell();
  }

  start();
  return {
    state,
    get recovery() {
      return recovery;
    },
    get commands() {
      return home?.commands ?? null;
    },
    get words() {
      return home?.words ?? [];
    },
    changes,
    kill: () => child?.kill('SIGKILL'),
    tell: (message) => {
      if (child?.connected) child.send(message);
    },
    stop: async () => {
      state.state = 'stopped';
      if (timer) clearTimeout(timer);
      await endChild(child);
    },
  };
}

function launch(options: BotOptions): ChildProcess {
  const config: BotConfig = { ...options.config, clockAnchor: options.anchor() };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', options.script], {
    // The AWS SDK would announce, at every start, which Node its coming versions want.
    env: { MUSTER_SANDBOX: JSON.stringify(config), AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) if (line.trim() !== '') options.log(line);
    });
  }
  return child;
}

/** True once it answers on its port, false when it ended first. */
async function untilServing(port: number, alive: () => boolean): Promise<boolean> {
  while (alive()) {
    const answered = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function endChild(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}
