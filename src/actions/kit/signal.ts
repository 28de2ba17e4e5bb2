import { setMaxListeners } from 'node:events';

/** Rejection of a reading that was given up because its time was over. */
class GivenUp extends Error {
  override readonly name = 'AbortError';
}

interface Sends {
  send(command: never, options?: object): Promise<unknown>;
}

/** The client, giving up as soon as the signal aborts, wherever the request is: queued, waiting to retry or sent. */
export function heed<Client extends { send: unknown }>(client: Client, signal: AbortSignal): Pick<Client, 'send'> {
  const { send } = client as unknown as Sends;
  // As many requests as the limiter lets out listen to one step's signal.
  setMaxListeners(0, signal);
  const heeding: Sends['send'] = (command, options) =>
    unlessAborted(signal, () => send.call(client, command, { ...options, abortSignal: signal }));
  return { send: heeding } as unknown as Pick<Client, 'send'>;
}

export function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) return Promise.reject(new GivenUp('given up before it was asked'));
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new GivenUp('given up: its time was over'));
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
