import type { Home, Role } from '../../src/domain/home.ts';
import { roleNames } from '../../src/domain/home.ts';
import type { FarEnds } from '../far-ends.ts';
import type { SimulatedMail } from '../mail/start.ts';
import type { SimulatedPager } from '../pager/start.ts';
import type { SimulatedSlack } from '../slack/start.ts';
import type { Message, OpenView, User } from '../slack/workspace.ts';
import type { SimulatedStatuspage } from '../statuspage/start.ts';

/** What the page shows, in slices: each is sent again only when it changed. */
export type Slices = Record<string, unknown>;

export function slackSlices(slack: SimulatedSlack, home: Home): Slices {
  const { workspace } = slack;
  const channels = [...workspace.channels.values()];
  const shared = [...workspace.files.values()].filter((file) => file.shared);
  const messages = channels.map((channel) => [`messages:${channel.id}`, channel.messages.map(messageSlice)] as const);
  return {
    people: [...workspace.users.values()].map((user) => personSlice(slack, home, user)),
    channels: channels.map(({ messages: all, members, ...channel }) => ({
      ...channel,
      members: [...members],
      last: all.at(-1)?.ts ?? null,
    })),
    views: [...workspace.views.values()].map(viewSlice),
    shortcuts: workspace.app.shortcuts,
    ...Object.fromEntries(messages),
    ...Object.fromEntries(shared.map(({ id, name, content }) => [`file:${id}`, { name, content }])),
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
    asleep: user.asleep,
    roles: rolesOf(slack, home, user),
  };
}

export function rolesOf(slack: SimulatedSlack, home: Home, user: User): Role[] {
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

/** Newest first. */
const shown = 50;

/** How the far ends around Muster misbehave now; a limit on Slack's calls stands until `rateLimitedUntil`. */
export function faultsSlice({ slack, statuspage, mail, pager }: FarEnds): Record<string, unknown> {
  const until = slack.limits.refusingUntil;
  const rateLimitedUntil = until > slack.workspace.now().getTime() ? new Date(until).toISOString() : null;
  return {
    slack: { ...slack.faults, rateLimitedUntil },
    statuspage: statuspage.faults,
    mail: mail.faults,
    pager: pager.faults,
  };
}

/** What arrived in the simulated mailbox; the HTML part of each is an address of its own (`mail-part.ts`). */
export function mailSlice({ mailbox }: SimulatedMail): { count: number; mails: Record<string, unknown>[] } {
  const count = mailbox.received.length;
  const first = Math.max(0, count - shown);
  const mails = mailbox.received.slice(first).map(({ at, from, to, subject, text }, place) => ({
    id: first + place,
    at,
    from,
    to,
    subject,
    text,
  }));
  return { count, mails: mails.reverse() };
}

/** What the simulated pager took: each as it was posted. */
export function pagerSlice({ pages }: SimulatedPager): Record<string, unknown> {
  return { count: pages.length, pages: pages.slice(-shown).reverse() };
}

/** What the far ends said no to, newest first. */
export function refusedSlice({
  slack,
  statuspage,
  mail,
  pager,
}: {
  slack: SimulatedSlack;
  statuspage: SimulatedStatuspage;
  mail: SimulatedMail;
  pager: SimulatedPager;
}): unknown[] {
  const refused = (
    from: string,
    where: string,
    { at, status, error }: { at: string; status: number; error: string },
  ) => ({
    at,
    from,
    where,
    error: `${status} ${error}`,
    detail: [],
  });
  const all = [
    ...slack.workspace.refused.map((one) => ({ from: 'Slack', ...one })),
    ...statuspage.page.refused.map((one) => refused('Status page', one.call, one)),
    ...mail.mailbox.refused.map((one) => refused('Mail', one.to, one)),
    ...pager.refused.map((one) => refused('Pager', 'POST /pages', one)),
  ];
  return all.sort((a, b) => b.at.localeCompare(a.at)).slice(0, shown);
}
