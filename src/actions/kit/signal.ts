import { setMaxListeners } from 'node:events';

/** Rejection of a reading that was given up because its time was over; for AWS's throttling, where that held it back. */
class GivenUp extends Error {
  override readonly name = 'AbortError';
  readonly $retryable: { throttling: boolean };
  constructor(message: string, throttled = false) {
    super(message);
    this.$retryable = { throttling: throttled };
  }
}

interface Sends {
  send(command: never, options?: object): Promise<unknown>;
}

type IsThrottled = (command: object) => boolean;

/** The client, giving up as soon as the signal aborts, wherever the request is: queued, waiting to retry or sent. */
export function heed<Client extends { send: unknown }>(
  client: Client,
  signal: AbortSignal,
  isThrottled: IsThrottled = () => false,
): Pick<Client, 'send'> {
  const { send } = client as unknown as Sends;
  // As many requests as the limiter lets out listen to one step's signal.
  setMaxListeners(0, signal);
  const heeding: Sends['send'] = (command, options) =>
    unlessAborted(
      signal,
      () => send.call(client, command, { ...options, abortSignal: signal }),
      () => isThrottled(command),
    );
  return { send: heeding } as unknown as Pick<Client, 'send'>;
}

export function unlessAborted<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
  isThrottled: () => boolean = () => false,
): Promise<T> {
  if (signal.aborted) return Promise.reject(new GivenUp('given up before it was asked'));
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new GivenUp('given up: its time was over', isThrottled()));
    signal.addEventListener('abort', stop, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Gives up after `ms` of real time. */
export function inTime<T>(ms: number, work: () => Promise<T>): Promise<T> {
  return unlessAborted(AbortSignal.timeout(ms), work);
}
