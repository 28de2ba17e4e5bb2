import { useMine } from '../../state/mine.ts';
import type { Channel, Person } from '../../state/slices.ts';
import { useSlice } from '../../state/stream.ts';

export interface Here {
  me: Person;
  channel: Channel;
  isMember: boolean;
}

/** Who this tab is, and the channel it looks at; undefined until the server has said who and what there is. */
export function useHere(): Here | undefined {
  const mine = useMine();
  const people = useSlice('people')?.filter((one) => !one.is_bot) ?? [];
  const channels = useSlice('channels') ?? [];
  const commander = people.find((one) => one.roles.includes('commanders'));
  const me = people.find((one) => one.id === mine.user) ?? commander ?? people[0];
  if (me === undefined) return undefined;
  const seen = channels.filter((one) => isVisible(one, me.id));
  const channel = seen.find((one) => one.id === mine.channel) ?? seen.find((one) => !one.is_archived);
  return channel && { me, channel, isMember: channel.members.includes(me.id) };
}

/** Direct conversations are their two people's. */
export function isVisible(channel: Channel, user: string): boolean {
  return channel.kind === 'public' || channel.members.includes(user);
}

export function channelTitle(channel: Channel): string {
  return channel.kind === 'direct' ? 'Muster' : `# ${channel.name}`;
}
