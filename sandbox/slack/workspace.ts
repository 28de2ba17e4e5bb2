import type { Changes } from '../wire/changes.ts';

/** The state of one simulated Slack workspace. Field names are Slack's own where they reach the wire. */

export interface User {
  id: string;
  name: string;
  real_name: string;
  email: string | null;
  tz: string;
  is_bot: boolean;
  /** Set of a guest, of many channels or of one. */
  guest?: 'many-channels' | 'one-channel';
  /** Another workspace that they belong to, and share a channel from. */
  team?: string;
  /** Their account here is deactivated. */
  gone?: true;
  /** Nobody acts for them by itself: neither the player nor the page's guide. */
  asleep: boolean;
}

export interface UserGroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

export type Block = { type: string; block_id: string; [key: string]: unknown };

export interface Message {
  ts: string;
  user: string;
  bot_id?: string;
  text: string;
  blocks: Block[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  thread_ts?: string;
  edited?: { user: string; ts: string };
  subtype?: string;
  files?: SharedFile[];
  reactions: { name: string; users: string[] }[];
  /** Only this person sees it; such a message is in no history. */
  only: string | null;
}

/** A file as messages show it. */
export interface SharedFile {
  id: string;
  name: string;
  title: string;
  size: number;
}

/** A file from its upload on; only a shared one is seen by anybody. */
export interface StoredFile extends SharedFile {
  user: string;
  content: string | null;
  shared: boolean;
}

export interface Bookmark {
  id: string;
  title: string;
  link: string;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'direct';
  is_archived: boolean;
  creator: string;
  created: number;
  members: Set<string>;
  topic: string;
  purpose: string;
  pins: string[];
  bookmarks: Bookmark[];
  messages: Message[];
}

export interface OpenView {
  id: string;
  user: string;
  root: string;
  previous: string | null;
  hash: string;
  external_id: string;
  body: ViewBody;
  /** What the person last heard about this view that the app did not say. */
  trouble: string | null;
}

export interface ViewBody {
  type: 'modal' | 'home';
  blocks: Block[];
  title?: unknown;
  submit?: unknown;
  close?: unknown;
  private_metadata?: string;
  callback_id?: string;
  external_id?: string;
  clear_on_close?: boolean;
  notify_on_close?: boolean;
  submit_disabled?: boolean;
}

/** Something Slack said no to: shown on the page, so that what would fail in Slack fails here in sight. */
export interface Refused {
  at: string;
  where: string;
  error: string;
  detail: string[];
}

export interface Called {
  method: string;
  args: Record<string, unknown>;
  outcome: string;
}

/** What people find in the menu of a message. */
export interface MessageShortcut {
  name: string;
  callbackId: string;
}

/** A mention that would have made somebody's phone ring. */
export interface Ping {
  channel: string;
  ts: string;
  raw: string;
  kind: 'everyone' | 'group' | 'person';
}

export interface Workspace {
  team: { id: string; domain: string; name: string };
  app: { id: string; command: string; shouldEscape: boolean; shortcuts: readonly MessageShortcut[]; noFiles?: boolean };
  bot: { user: string; bot: string };
  users: Map<string, User>;
  groups: Map<string, UserGroup>;
  channels: Map<string, Channel>;
  /** Open modals, and each person's App Home under `home:USER`. */
  views: Map<string, OpenView>;
  files: Map<string, StoredFile>;
  refused: Refused[];
  called: Called[];
  pings: Ping[];
  changes: Changes;
  /** The clock of the simulated world: what timestamps show. */
  now(): Date;
  /** The clock on the wall: triggers, acknowledgements and response addresses run out by it. */
  real(): number;
  nextId(prefix: string): string;
  nextTs(): string;
}

export function noteRefusal(workspace: Workspace, where: string, error: string, detail: string[]): void {
  workspace.refused.push({ at: workspace.now().toISOString(), where, error, detail });
  if (workspace.refused.length > 200) workspace.refused.shift();
  workspace.changes.tell();
}
