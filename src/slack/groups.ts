import type { WebClient } from '@slack/web-api';
import type { Clock } from '../domain/ports/clock.ts';
import { troubleOf } from './slack-errors.ts';
import type { Standings } from './standing.ts';

/** Milliseconds of real time for which a group's members are believed. */
const fresh = 30_000;

/**
 * Members of user groups by their Slack ids: those of whom Slack says that they are full members of the workspace. When
 * Slack does not answer, those that were read last are given; a group that was never read in full is an Error whose
 * message is a sentence.
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
    const listed = await readListed(client, id);
    if (typeof listed === 'string') return last?.members ?? refuse(id, listed);
    const standings = await Promise.all(listed.map((user) => standingOf(user)));
    const unsure = standings.includes(null);
    // Whoever was known before is known still: without a reading before, nobody can say who is missing from this one.
    if (unsure && !last) return refuse(id, 'it has not said yet who of them is a full member');
    const members = listed.filter((_, index) => standings[index] === 'member');
    known.set(id, { members, until: unsure ? now : now + fresh });
    return members;
  };
}

/** The ids in the group, or why Slack does not give them. */
async function readListed(client: WebClient, id: string): Promise<string[] | string> {
  try {
    return (await client.usergroups.users.list({ usergroup: id })).users ?? [];
  } catch (error) {
    const trouble = troubleOf(error);
    return trouble.kind === 'rate-limited' ? 'it asks to wait' : trouble.error;
  }
}

function refuse(id: string, why: string): never {
  throw new Error(`Slack did not give the members of group ${id}: ${why}.`);
}
