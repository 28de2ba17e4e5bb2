import { afterEach } from '@jest/globals';
import { type SimulatedSlack, type SlackOptions, startSlack } from '../../../sandbox/slack/start.ts';
import { home, scopes } from '../home.ts';

const started: { stop(): Promise<void> }[] = [];
/** The last started ends first: an app before the Slack that it speaks to. */
afterEach(async () => {
  for (const one of started.splice(0).toReversed()) await one.stop();
});

export function stopAfterwards<T extends { stop(): Promise<void> }>(one: T): T {
  started.push(one);
  return one;
}

export async function slackWith(options: Partial<SlackOptions> = {}): Promise<SimulatedSlack> {
  return stopAfterwards(await startSlack({ home, scopes, rateLimits: false, ...options }));
}

export interface Answered {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { ok: boolean; error?: string; response_metadata?: { messages?: string[] } };
}

/** A call as the SDK makes it: a form, with objects as JSON text. */
export async function call(
  slack: SimulatedSlack,
  method: string,
  args: Record<string, unknown> = {},
  token = slack.tokens.bot,
): Promise<Answered> {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(args))
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${slack.url}${method}`, { method: 'POST', headers, body: form });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answered['body'] };
}

export function channelId(slack: SimulatedSlack, name: string): string {
  const found = [...slack.workspace.channels.values()].find((one) => one.name === name);
  if (!found) throw new Error(`no channel ${name}`);
  return found.id;
}
