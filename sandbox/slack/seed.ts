import { type Home, roleNames } from '../../src/domain/home.ts';
import { createChanges } from '../wire/changes.ts';
import type { Channel, MessageShortcut, User, UserGroup, Workspace } from './workspace.ts';

export interface WorkspaceOptions {
  now?: () => Date;
  real?: () => number;
  /** Members of user groups, by group id; a group that is not named here holds whoever has no role of their own. */
  groups?: Record<string, string[]>;
  shouldEscape?: boolean;
  /** Message shortcuts of the app's manifest. */
  shortcuts?: readonly MessageShortcut[];
}

/** Somebody in the workspace whom muster.yml does not name. */
export const outsider = 'U0OUTSIDER';

/** A workspace with a home's people, groups and channels, as it is on the day Muster is installed. */
export function createWorkspace(home: Home, options: WorkspaceOptions = {}): Workspace {
  const now = options.now ?? (() => new Date());
  const workspace: Workspace = {
    team: { id: 'T0SANDBOX', domain: `${home.system.name}-sandbox`, name: `${home.system.title} (sandbox)` },
    app: {
      id: 'A0MUSTER',
      command: '/dr',
      shouldEscape: options.shouldEscape ?? false,
      shortcuts: options.shortcuts ?? [],
    },
    bot: { user: 'U0MUSTER', bot: 'B0MUSTER' },
    users: new Map(),
    groups: new Map(),
    channels: new Map(),
    views: new Map(),
    files: new Map(),
    refused: [],
    called: [],
    pings: [],
    changes: createChanges(),
    now,
    real: options.real ?? Date.now,
    nextId: numbered(),
    nextTs: timestamps(now),
  };
  for (const user of usersOf(home, workspace)) workspace.users.set(user.id, user);
  for (const group of groupsOf(home, options.groups ?? {})) workspace.groups.set(group.id, group);
  for (const name of channelNames(home)) addChannel(workspace, name, !['general', 'random'].includes(name));
  return workspace;
}

function numbered(): (prefix: string) => string {
  let last = 0;
  return (prefix) => `${prefix}${(++last).toString(36).toUpperCase().padStart(9, '0')}`;
}

/** Slack's timestamps are a message's identity: never the same twice, never backwards. */
function timestamps(now: () => Date): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now().getTime() * 1000);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
}

function usersOf(home: Home, workspace: Workspace): User[] {
  const people = Object.entries(home.people)
    .filter(([, person]) => person.slack !== undefined)
    .map(([name, person]) => user(home, person.slack ?? '', name, person.email ?? null));
  const stranger = user(home, outsider, 'outsider', 'outsider@example.com');
  return [...people, stranger, { ...user(home, workspace.bot.user, 'muster', null), is_bot: true }];
}

function user(home: Home, id: string, name: string, email: string | null): User {
  const real = name.charAt(0).toUpperCase() + name.slice(1);
  return { id, name, real_name: real, email, tz: home.timezone, is_bot: false, asleep: false };
}

function groupsOf(home: Home, given: Record<string, string[]>): UserGroup[] {
  const ids = new Set(roleNames.flatMap((role) => home.roles[role]).filter((member) => member.startsWith('group:')));
  return [...ids].map((member) => {
    const id = member.slice('group:'.length);
    return { id, handle: id.toLowerCase(), name: id, users: given[id] ?? withoutRole(home) };
  });
}

function withoutRole(home: Home): string[] {
  const named = new Set(roleNames.flatMap((role) => home.roles[role]));
  return Object.entries(home.people)
    .filter(([name, person]) => !named.has(name) && person.slack !== undefined)
    .map(([, person]) => person.slack ?? '');
}

function channelNames(home: Home): string[] {
  const { incidents, stakeholders, customers } = home.channels;
  const names = [incidents, stakeholders, customers].flatMap((name) => (name ? [name.replace(/^#/, '')] : []));
  return [...new Set([...names, 'general', 'random'])];
}

function addChannel(workspace: Workspace, name: string, withBot: boolean): void {
  const people = [...workspace.users.values()].filter((one) => !one.is_bot).map((one) => one.id);
  const channel: Channel = {
    id: workspace.nextId('C'),
    name,
    kind: 'public',
    is_archived: false,
    creator: people[0] ?? workspace.bot.user,
    created: Math.floor(workspace.now().getTime() / 1000),
    members: new Set(withBot ? [...people, workspace.bot.user] : people),
    topic: '',
    purpose: '',
    pins: [],
    bookmarks: [],
    messages: [],
  };
  workspace.channels.set(channel.id, channel);
}
