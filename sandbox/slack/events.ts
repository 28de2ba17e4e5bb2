import type { Delivery } from './deliver.ts';
import type { Workspace } from './workspace.ts';

export interface Events {
  /** Sends the event when the app subscribed to it and can see where it happened. */
  tell(event: Record<string, unknown>): void;
  stop(): void;
}

/** Waits before the three repeats of an event that was not acknowledged, in real milliseconds. */
const repeats = [0, 60_000, 300_000];

const kinds: Record<string, string> = { C: 'message.channels', G: 'message.groups', D: 'message.im' };

export function createEvents(workspace: Workspace, delivery: () => Delivery, subscribed: readonly string[]): Events {
  const timers = new Set<NodeJS.Timeout>();

  function wants(event: Record<string, unknown>): boolean {
    const type = event.type;
    if (type !== 'message') return subscribed.includes(String(type));
    return subscribed.includes(kinds[String(event.channel).charAt(0)] ?? '');
  }

  async function send(body: Record<string, unknown>, attempt: number): Promise<void> {
    const retry = { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': 'http_timeout' };
    const answer = await delivery().send('events_api', body, attempt > 0 ? retry : {});
    const wait = repeats[attempt];
    if (answer.ok || wait === undefined) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void send(body, attempt + 1);
    }, wait);
    timers.add(timer);
  }

  return {
    tell: (event) => {
      if (!wants(event)) return;
      void send(envelope(workspace, event), 0);
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function envelope(workspace: Workspace, event: Record<string, unknown>): Record<string, unknown> {
  const ts = workspace.nextTs();
  return {
    token: 'deprecated',
    team_id: workspace.team.id,
    context_team_id: workspace.team.id,
    context_enterprise_id: null,
    api_app_id: workspace.app.id,
    event: { event_ts: ts, ...event },
    type: 'event_callback',
    event_id: workspace.nextId('Ev'),
    event_time: Math.floor(Number(ts)),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.team.id,
        user_id: workspace.bot.user,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
