import type { EscalationMeans } from '../../domain/facts.ts';
import { emailOf, slackOf } from '../../domain/identity.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { membersOf } from '../../store/roles.ts';
import type { WordsDeps } from '../deps.ts';

/** Somebody who is called, and by what they can be. */
export interface Called {
  person: string;
  slack: string | null;
  email: string | null;
}

/** The commander first, then whoever responds. */
export async function calledAbout(deps: WordsDeps, tx: Tx, incident: Incident): Promise<Called[]> {
  const responders = await membersOf(tx, incident.id, 'responders');
  const commander = { person: incident.commander, slack: slackOf(deps.home, incident.commander) };
  const others = responders.filter((member) => member.person !== incident.commander);
  return [commander, ...others].map((member) => ({ ...member, email: emailOf(deps.home, member.person) }));
}

/** Why somebody cannot be called by this means, as the end of a sentence; null when they can. */
export function lackOf(
  { can }: Pick<WordsDeps, 'can'>,
  called: readonly Called[],
  means: EscalationMeans,
): string | null {
  switch (means) {
    case 'mention':
      return null;
    case 'direct':
      return called.some((one) => one.slack !== null) ? null : 'muster.yml has no Slack id of anybody who is called';
    case 'mail':
      if (!can.mail) return 'no mail is set up (email in muster.yml and SMTP_URL)';
      return called.some((one) => one.email !== null) ? null : 'muster.yml has no address of anybody who is called';
    case 'pager':
      return can.pager ? null : 'no pager is set up (pager in muster.yml)';
  }
}
