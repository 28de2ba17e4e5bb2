import type { WebClient } from '@slack/web-api';
import { Refusal } from '../domain/errors.ts';
import type { Place } from '../domain/notice.ts';
import type { Reads } from './notices.ts';

export interface FoundChannel {
  id: string;
  name: string;
  archived: boolean;
  member: boolean;
  creator: string | null;
}

/** Pages of a thousand that are looked through for a name. */
const most = 50;

/** Finds channels by name; ids are kept, since a name may be asked for with every message. */
export interface Channels {
  /** The channel that a place means; joins a public one. Throws `Refusal` when there is none. */
  idOf(place: Place): Promise<string>;
  find(name: string): Promise<FoundChannel | null>;
}

export function createChannels(client: WebClient, reads: Reads): Channels {
  const known = new Map<string, string>();
  const keep = async (key: string, read: () => Promise<string>): Promise<string> => {
    const id = known.get(key) ?? (await read());
    known.set(key, id);
    return id;
  };
  return {
    find: (name) => findChannel(client, name),
    idOf(place) {
      if (place.in === 'direct') return keep(place.slack, () => openDirect(client, place.slack));
      if (place.in === 'channel') return keep(place.name, () => namedChannel(client, place.name));
      return incidentChannel(reads, place.incidentId);
    },
  };
}

async function incidentChannel(reads: Reads, incidentId: number): Promise<string> {
  const { incident } = await reads.incidents.view(incidentId);
  if (incident.channel === null)
    throw new Refusal(`#${incident.channelName} was not opened: see why in the incidents channel.`);
  return incident.channel;
}

async function openDirect(client: WebClient, user: string): Promise<string> {
  const { channel } = await client.conversations.open({ users: user });
  if (!channel?.id) throw new Error('conversations.open named no channel');
  return channel.id;
}

async function namedChannel(client: WebClient, name: string): Promise<string> {
  if (/^[CG][A-Z0-9]{6,}$/.test(name)) return name;
  const found = await findChannel(client, name.replace(/^#/, ''));
  if (found === null || found.archived) {
    throw new Refusal(`There is no channel ${name} that Muster can see: create it, or invite Muster if it is private.`);
  }
  if (!found.member) await client.conversations.join({ channel: found.id });
  return found.id;
}

async function findChannel(client: WebClient, name: string): Promise<FoundChannel | null> {
  let cursor = '';
  for (let page = 0; page < most; page += 1) {
    const list = await client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: false,
      limit: 1000,
      ...(cursor ? { cursor } : {}),
    });
    const found = list.channels?.find((channel) => channel.name === name);
    if (found?.id) {
      const { id, is_archived: archived = false, is_member: member = false, creator = null } = found;
      return { id, name, archived, member, creator };
    }
    cursor = list.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
  return null;
}
