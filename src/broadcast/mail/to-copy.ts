import { incidentLabel } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { WordsDeps } from '../deps.ts';
import { sayIn } from '../post.ts';
import type { MailAsk } from './mail.ts';

/** Without a mail server people send it: to whom, the subject and the text, in one message. */
export async function sayMailToCopy(
  deps: WordsDeps,
  tx: Tx,
  ask: MailAsk,
  addresses: readonly string[],
): Promise<void> {
  const { incident, words } = ask;
  const text = deps.say('mail-to-copy', {
    label: incidentLabel(incident),
    title: incident.title,
    addresses: addresses.join(', '),
    subject: words.subject,
    text: words.text,
  });
  await sayIn(deps, tx, { incidentId: incident.id, key: `mail:${ask.key}`, text, mention: [incident.commander] });
}
