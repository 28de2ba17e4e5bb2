import { SocketModeReceiver } from '@slack/bolt';
import { Refusal } from '../domain/errors.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { clientOptions } from './clients.ts';
import { boltLogger, type Log } from './log.ts';
import { refusalOf, troubleOf } from './slack-errors.ts';

export interface Socket {
  receiver: SocketModeReceiver;
  /** Connects; resolves when connected, or when Slack does not answer in time and it is tried again. */
  start(): Promise<void>;
  stop(): Promise<void>;
  connected(): boolean;
}

/** Milliseconds of real time. */
const times = { answer: 5_000, connect: 15_000, longestPause: 30_000 };

/**
 * Socket Mode with our own reconnection: the client's own waits five seconds blind at every refresh, and lets an
 * unreachable Slack end the process.
 */
export function createSocket(deps: { appToken: string; apiUrl: string | undefined; real: Clock; log: Log }): Socket {
  const { real, log } = deps;
  const receiver = new SocketModeReceiver({
    appToken: deps.appToken,
    autoReconnectEnabled: false,
    logger: boltLogger(log),
    installerOptions: { clientOptions: clientOptions(times.answer, 2, deps.apiUrl, log) },
    customPropertiesExtractor: ({
      envelope_id: id,
      retry_num: retry,
    }: {
      envelope_id?: string;
      retry_num?: number;
    }) => ({
      requestKey: id === undefined ? '' : `socket:${id}`,
      retried: (retry ?? 0) > 0,
    }),
  });
  const stopping = new AbortController();
  const state = { connected: false, connecting: false };
  const connectOnce = async (): Promise<void> => {
    const waiting = new AbortController();
    const signal = AbortSignal.any([waiting.signal, stopping.signal]);
    await Promise.race([receiver.client.start(), deadline(real, signal)]).finally(() => waiting.abort());
    state.connected = true;
  };
  const connect = async (): Promise<void> => {
    if (state.connecting) return;
    state.connecting = true;
    for (let failures = 0; !stopping.signal.aborted; failures += 1) {
      try {
        await connectOnce();
        break;
      } catch (error) {
        log.warn({ trouble: troubleOf(error) }, 'Slack’s socket does not open; it is tried again.');
        await rest(real, Math.min(times.longestPause, 1_000 * 2 ** failures), stopping.signal);
      }
    }
    state.connecting = false;
  };
  receiver.client.on('disconnected', () => {
    state.connected = false;
    if (!stopping.signal.aborted) void connect();
  });
  return {
    receiver,
    connected: () => state.connected,
    async start() {
      state.connecting = true;
      const failure = await connectOnce().then(
        () => null,
        (error: unknown) => error ?? new Error('the socket was closed'),
      );
      state.connecting = false;
      if (failure === null) return;
      const refusal = refusalOf(failure);
      if (refusal !== null) throw new Refusal(refusedToken(refusal));
      void connect();
    },
    async stop() {
      stopping.abort(new Error('stopping'));
      const waiting = new AbortController();
      await Promise.race([receiver.client.disconnect(), rest(real, times.answer, waiting.signal)]);
      waiting.abort();
    },
  };
}

async function deadline(real: Clock, signal: AbortSignal): Promise<never> {
  await real.sleep(times.connect, signal);
  throw new Error('Slack opened no socket in time');
}

async function rest(real: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  await real.sleep(ms, signal).catch(() => {});
}

function refusedToken(error: string): string {
  return `SLACK_APP_TOKEN is refused: Slack says ${error}. It is an app-level token (xapp-…) with connections:write, of an app with Socket Mode on.`;
}
