import type { WebClient } from '@slack/web-api';
import type { Home } from '../domain/home.ts';
import { roleNames } from '../domain/home.ts';
import { slackOf } from '../domain/identity.ts';
import { type Incident, incidentLabel } from '../domain/incident.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { IncidentView } from '../domain/views.ts';
import type { Channels } from './channels.ts';
import { invite, inviteKey } from './invite.ts';
import type { Log } from './log.ts';
import type { Reads } from './notices.ts';
import { harmless } from './presenters/escape.ts';
import { clip } from './presenters/limit.ts';
import { hasSpoken } from './read-back.ts';
import { refusalOf } from './slack-errors.ts';

export interface ChannelDeps {
  client: WebClient;
  channels: Channels;
  reads: Reads;
  home: Home;
  log: Log;
  groups: (id: string) => Promise<string[]>;
  /** Our own member id; null while Slack has not answered yet. */
  self: () => string | null;
  crash: Crash;
  mayPost: () => Promise<void>;
}

/** Names that are tried when one is taken, by an archived channel for instance. */
const attempts = 20;

/**
 * Opens an incident's channel once, sets its topic and invites everybody who holds a role. Done again, it makes topic
 * and members what they are to be by now.
 */
export async function openChannel(deps: ChannelDeps, incidentId: number, doubtful: boolean): Promise<string> {
  const view = await deps.reads.incidents.view(incidentId);
  const { incident } = view;
  const channel = incident.channel ?? (await findOrCreate(deps, incident.channelName, doubtful));
  deps.crash('slack.opened', incident.channelName);
  await setTopic(deps, channel, incident);
  await invite(deps.client, channel, await peopleOf(deps, view));
  return channel;
}

async function findOrCreate(deps: ChannelDeps, wanted: string, doubtful: boolean): Promise<string> {
  const base = channelName(wanted, '');
  if (doubtful) {
    const ours = await findOurs(deps, base);
    if (ours !== null) return ours;
  }
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const name = attempt === 1 ? base : channelName(wanted, `-${attempt}`);
    const id = await create(deps, name);
    if (id !== null) return id;
    const ours = await findOurs(deps, name);
    if (ours !== null) return ours;
  }
  throw new Error(`twenty names like #${base} are taken`);
}

/** Null when the name is taken. */
async function create(deps: ChannelDeps, name: string): Promise<string | null> {
  try {
    const { channel } = await deps.client.conversations.create({ name, is_private: false });
    if (!channel?.id) throw new Error('conversations.create named no channel');
    return channel.id;
  } catch (error) {
    if (refusalOf(error) === 'name_taken') return null;
    throw error;
  }
}

/** A channel of this name that an earlier attempt made: ours, in use for nothing, and without a word in it. */
async function findOurs(deps: ChannelDeps, name: string): Promise<string | null> {
  const found = await deps.channels.find(name);
  if (found === null || found.archived || !found.member) return null;
  if (found.creator !== null && found.creator !== deps.self()) return null;
  if ((await deps.reads.incidents.byChannel(found.id)) !== null) return null;
  return (await hasSpoken(deps.client, found.id, inviteKey(found.id))) ? null : found.id;
}

function channelName(wanted: string, suffix: string): string {
  const clean = wanted.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
  return `${clean.slice(0, 80 - suffix.length).replace(/-+$/, '')}${suffix}`;
}

async function setTopic(deps: ChannelDeps, channel: string, incident: Incident): Promise<void> {
  const topic = clip(
    [incidentLabel(incident), incident.severity, harmless(incident.title), '/dr help'].filter(Boolean).join(' · '),
    190,
  );
  try {
    if (incident.channel !== null && (await readTopic(deps.client, channel)) === topic) return;
    await deps.client.conversations.setTopic({ channel, topic });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    deps.log.warn({ channel, refusal }, 'A topic could not be set.');
  }
}

/** Each change of a topic is a message in the channel: the same one is not set again. */
async function readTopic(client: WebClient, channel: string): Promise<string> {
  const { channel: found } = await client.conversations.info({ channel });
  return found?.topic?.value ?? '';
}

/** Everybody who holds a role, in muster.yml by name or by group, or in this incident; and whoever declared it. */
async function peopleOf(deps: ChannelDeps, { incident, members }: IncidentView): Promise<string[]> {
  const named = [...roleNames.flatMap((role) => deps.home.roles[role]), incident.declaredBy, incident.commander];
  const ids = await Promise.all([...new Set(named)].map((member) => idsOf(deps, member)));
  const granted = members.flatMap(({ slack }) => slack ?? []);
  const self = deps.self();
  return [...new Set([...ids.flat(), ...granted])].filter((id) => id !== self);
}

async function idsOf(deps: ChannelDeps, member: string): Promise<string[]> {
  if (!member.startsWith('group:')) return [slackOf(deps.home, member) ?? []].flat();
  try {
    return await deps.groups(member.slice('group:'.length));
  } catch (error) {
    deps.log.warn(
      { member, why: error instanceof Error ? error.message : '' },
      'A group could not be read to invite it.',
    );
    return [];
  }
}
