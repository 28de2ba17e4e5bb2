import type { Home, Role } from '../../src/domain/home.ts';
import { roleNames } from '../../src/domain/home.ts';
import type { SimulatedSlack } from '../slack/start.ts';
import type { Message, OpenView, User } from '../slack/workspace.ts';
import type { SimulatedStatuspage } from '../statuspage/start.ts';

/** What the page shows, in slices: each is sent again only when it changed. */
export type Slices = Record<string, unknown>;

export function slackSlices(slack: SimulatedSlack, home: Home): Slices {
  const { workspace } = slack;
  const channels = [...workspace.channels.values()];
  const messages = channels.map((channel) => [`messages:${channel.id}`, channel.messages.map(messageSlice)] as const);
  return {
    people: [...workspace.users.values()].map((user) => personSlice(slack, home, user)),
    channels: channels.map(({ messages: all, members, ...channel }) => ({
      ...channel,
      members: [...members],
      last: all.at(-1)?.ts ?? null,
    })),
    views: [...workspace.views.values()].map(viewSlice),
    ...Object.fromEntries(messages),
  };
}

function messageSlice(message: Message): Record<string, unknown> {
  const { metadata: _metadata, ...shown } = message;
  return shown;
}

function viewSlice({ id, user, previous, body, trouble, hash }: OpenView): Record<string, unknown> {
  const { private_metadata: _private, ...shown } = body;
  return { id, user, previous, body: shown, trouble, hash };
}

function personSlice(slack: SimulatedSlack, home: Home, user: User): Record<string, unknown> {
  return {
    id: user.id,
    name: user.name,
    real_name: user.real_name,
    is_bot: user.is_bot,
    roles: rolesOf(slack, home, user),
  };
}

function rolesOf(slack: SimulatedSlack, home: Home, user: User): Role[] {
  const holds = (member: string) => {
    if (!member.startsWith('group:')) return home.people[member]?.slack === user.id;
    return slack.workspace.groups.get(member.slice('group:'.length))?.users.includes(user.id) ?? false;
  };
  return roleNames.filter((role) => home.roles[role].some(holds));
}

export function statuspageSlice({ page }: SimulatedStatuspage): Record<string, unknown> {
  return {
    title: page.title,
    components: [...page.components.values()].map(({ id, name, status }) => ({ id, name, status })),
    incidents: page.incidents.map(({ metadata: _metadata, ...incident }) => incident),
    notified: page.notified.length,
  };
}

/** What the far ends said no to, newest first. */
export function refusedSlice(slack: SimulatedSlack, statuspage: SimulatedStatuspage): unknown[] {
  const fromPage = statuspage.page.refused.map(({ at, call, status, error }) => ({
    at,
    from: 'Status page',
    where: call,
    error: `${status} ${error}`,
    detail: [],
  }));
  const fromSlack = slack.workspace.refused.map((one) => ({ from: 'Slack', ...one }));
  return [...fromSlack, ...fromPage].sort((a, b) => b.at.localeCompare(a.at)).slice(0, 50);
}
