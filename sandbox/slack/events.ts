import type { Delivery } from './deliver.ts';
import type { Workspace } from './workspace.ts';

export interface Events {
  /** Sends the event when the app subscribed to it and can see where it happened. */
  tell(event: Record<string, unknown>): void;
  stop(): void;
}

/** Waits before the three repeats of an event that was not acknowledged, in real milliseconds. */
const repeats = [0, 60_000, 300_000];

const kinds: Record<string, string> = { channel: 'message.channels', group: 'message.groups', im: 'message.im' };

/** Without its scope a subscription brings nothing. */
const scopeOf: Record<string, string> = {
  app_mention: 'app_mentions:read',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  pin_added: 'pins:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
};

export function createEvents(
  workspace: Workspace,
  delivery: () => Delivery,
  granted: { events: readonly string[]; scopes: readonly string[] },
): Events {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;

  function wants(event: Record<string, unknown>): boolean {
    const type = String(event.type);
    const name = type === 'message' ? (kinds[String(event.channel_type)] ?? '') : type;
    const scope = scopeOf[name];
    return granted.events.includes(name) && (scope === undefined || granted.scopes.includes(scope));
  }

  async function send(body: Record<string, unknown>, attempt: number): Promise<void> {
    const retry = { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': 'http_timeout' };
    const answer = await delivery().send('events_api', body, attempt > 0 ? retry : {});
    const wait = repeats[attempt];
    if (answer.ok || wait === undefined || stopped) return;
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
      stopped = true;
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
