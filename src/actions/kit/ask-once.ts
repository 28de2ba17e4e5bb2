import stringify from 'safe-stable-stringify';
import { isEffect } from './permissions.ts';

/** What one plan has asked already. Its steps share a signal, and with it the answers. */
const asked = new WeakMap<AbortSignal, Map<string, Promise<unknown>>>();

/** Asks, or waits with whoever has asked the same for the same plan. */
export function askOnce<T>(plan: AbortSignal, question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
  const answers = asked.get(plan) ?? new Map<string, Promise<unknown>>();
  asked.set(plan, answers);
  const key = stringify(question);
  const answer = (answers.get(key) as Promise<T> | undefined) ?? ask();
  answers.set(key, answer);
  return answer;
}

interface Sends {
  send(command: { input: unknown; constructor: { name: string } }, options?: object): Promise<unknown>;
}

/** Whoever reads the body of such an answer has taken it from the others. */
const streams = new Set(['GetObject']);

/** The client, sending each reading of one plan once, however many of its steps want it. */
export function readingOnce<Client extends { send: unknown }>(
  client: Client,
  plan: AbortSignal,
  where: string,
): Client {
  const { send } = client as unknown as Sends;
  const sending: Sends['send'] = (command, options) => {
    const name = command.constructor.name.replace(/Command$/, '');
    const sent = (): Promise<unknown> => send.call(client, command, options);
    return isEffect(name) || streams.has(name) ? sent() : askOnce(plan, [where, name, command.input], sent);
  };
  return { send: sending } as unknown as Client;
}
