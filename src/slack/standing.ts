import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Identity } from './identity.ts';
import { troubleOf } from './slack-errors.ts';

/** What somebody is in this workspace, as far as Slack says; only a member can hold a role. */
export type Standing = 'member' | 'guest' | 'bot' | 'stranger' | 'gone';

export interface Standings {
  /** What somebody is; null while Slack has never said so. */
  of(user: string): Promise<Standing | null>;
  /** Throws `Refusal` for everybody but a member, and where Slack does not say. */
  admit(user: string): Promise<void>;
}

/** Milliseconds of real time for which an answer is believed; it is kept as long as Slack gives no other. */
const fresh = 300_000;

const User = z.looseObject({
  team_id: z.string().optional(),
  enterprise_user: z.looseObject({ enterprise_id: z.string().optional() }).optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
});

/** Who is a full member of this workspace: guests, bots and people of other workspaces hold no role, whoever names them. */
export function createStandings(deps: { client: WebClient; real: Clock; identity: Identity }): Standings {
  const known = new Map<string, { standing: Standing; until: number }>();
  const ask = async (user: string): Promise<{ standing: Standing } | { why: string }> => {
    const now = deps.real.now().getTime();
    const last = known.get(user);
    if (last && last.until > now) return last;
    try {
      const { workspace, enterprise } = deps.identity;
      if (workspace === null) return last ?? { why: 'it has not said yet which workspace this is' };
      const answer = await deps.client.users.info({ user });
      const standing = standingOf(user, User.parse(answer.user), { workspace, enterprise });
      known.set(user, { standing, until: now + fresh });
      return { standing };
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'refused' && notHere.includes(trouble.error)) return { standing: 'stranger' };
      return last ?? { why: trouble.kind === 'rate-limited' ? 'it asks to wait' : trouble.error };
    }
  };
  return {
    async of(user) {
      const said = await ask(user);
      return 'standing' in said ? said.standing : null;
    },
    async admit(user) {
      const said = await ask(user);
      if ('why' in said) throw new Refusal(unknownSentence(said.why));
      if (said.standing !== 'member') throw new Refusal(`${notMember[said.standing]} ${whoMay}`);
    },
  };
}

/** Slack's words for somebody whom it does not show to us. */
const notHere = ['user_not_found', 'user_not_visible', 'users_not_found'];

/** Slack's own bot, which it does not mark as one. */
const slackbot = 'USLACKBOT';

function standingOf(
  id: string,
  user: z.infer<typeof User>,
  { workspace, enterprise }: { workspace: string; enterprise: string | null },
): Standing {
  if (user.deleted === true) return 'gone';
  if (user.is_bot === true || id === slackbot) return 'bot';
  const sameCompany = enterprise !== null && user.enterprise_user?.enterprise_id === enterprise;
  if (user.is_stranger === true || (user.team_id !== workspace && !sameCompany)) return 'stranger';
  return user.is_restricted === true || user.is_ultra_restricted === true ? 'guest' : 'member';
}

const notMember: Record<Exclude<Standing, 'member'>, string> = {
  guest: 'You are a guest of this workspace.',
  bot: 'You are a bot.',
  stranger: 'You belong to another workspace.',
  gone: 'Your account in this workspace is deactivated.',
};

const whoMay = 'Only its full members may use Muster: ask one of them. Nothing has been done.';

function unknownSentence(why: string): string {
  return (
    `Slack did not say whether you are a full member of this workspace (${why}), and only its members may use Muster. ` +
    'Nothing has been done: try again, or use the terminal.'
  );
}
