import { Refusal } from '../domain/errors.ts';
import type { Courier, LivePainter } from '../domain/ports/courier.ts';

/** What Slack does for the rest of Muster once it is connected. */
export interface SlackEnd {
  courier: Courier;
  painter: LivePainter;
  groups: (id: string) => Promise<string[]>;
}

export interface SlackLink extends SlackEnd {
  connect(end: SlackEnd): void;
}

const waitMs = 5_000;
const away = { state: 'later', why: 'Slack is not connected', afterMs: waitMs } as const;

/** Slack as the others see it: before it is connected, and in a terminal, its words wait and nothing else does. */
export function createSlackLink(): SlackLink {
  let end: SlackEnd | null = null;
  return {
    connect: (to) => {
      end = to;
    },
    courier: { to: 'slack', deliver: async (...row) => (end ? end.courier.deliver(...row) : away) },
    painter: { paint: async (message) => (end ? end.painter.paint(message) : away) },
    groups: async (id) => {
      if (!end) throw new Refusal(`The members of ${id} cannot be read: Slack is not connected.`);
      return end.groups(id);
    },
  };
}
