import type { WebClient } from '@slack/web-api';
import type { Clock } from '../domain/ports/clock.ts';
import { troubleOf } from './slack-errors.ts';
import type { Standings } from './standing.ts';

/** Milliseconds of real time for which a group's members are believed. */
const fresh = 60_000;

/**
 * Members of user groups by their Slack ids, without those who are known to be no full members of the workspace. When Slack does not answer, those that were read last are given; a group
 * that was never read is an Error whose message is a sentence.
 */
export function createGroups(
  client: WebClient,
  real: Clock,
  standingOf: Standings['of'],
): (id: string) => Promise<string[]> {
  const known = new Map<string, { members: string[]; until: number }>();
  return async (id) => {
    const now = real.now().getTime();
    const last = known.get(id);
    if (last && last.until > now) return last.members;
    try {
      const listed = (await client.usergroups.users.list({ usergroup: id })).users ?? [];
      const standings = await Promise.all(listed.map((user) => standingOf(user)));
      // Of whom Slack does not say it yet, the door asks again before anything is done for them.
      const users = listed.filter((_, index) => (standings[index] ?? 'member') === 'member');
      known.set(id, { members: users, until: now + fresh });
      return users;
    } catch (error) {
      if (last) return last.members;
      const trouble = troubleOf(error);
      const why = trouble.kind === 'rate-limited' ? 'it asks to wait' : trouble.error;
      throw new Error(`Slack did not give the members of group ${id}: ${why}.`);
    }
  };
}
