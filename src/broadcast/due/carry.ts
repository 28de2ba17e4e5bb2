import type { Notice } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { endBroadcast } from '../../store/broadcasts.ts';
import { withdrawAnswers } from '../../store/promises.ts';
import type { WordsDeps } from '../deps.ts';
import { mailTo } from '../mail/mail.ts';
import { post } from '../post.ts';
import { putOnPage } from '../public/put.ts';
import type { Rendered, SayAsk } from './words.ts';

const noMail = 'no mail can be sent (email in muster.yml and SMTP_URL): the text to copy is in the incident’s channel';
const noWay = 'muster.yml names no way to reach this audience';

interface Carried {
  id: string;
  ask: SayAsk;
  rendered: Rendered;
}

/** One row for each destination; what no far end can carry is handed to people to copy. */
export async function carry(deps: WordsDeps, tx: Tx, of: Carried): Promise<void> {
  const { slack, mail, page } = of.rendered;
  if (slack) {
    const notice: Notice = { kind: 'sentence', text: slack.text, mention: [] };
    await post(deps, tx, { place: slack.place, notice, key: `${of.id}:slack`, broadcastId: of.id });
  }
  if (mail) await mailTo(deps, tx, { incident: of.ask.incident, ...mail, key: of.id, broadcastId: of.id });
  if (page) await putPage(deps, tx, of, page.body);
  if (slack || page || (mail && deps.can.mail)) return;
  await endUncarried(deps, tx, of.id, mail ? noMail : noWay);
}

async function putPage(deps: WordsDeps, tx: Tx, { id, ask }: Carried, body: string): Promise<void> {
  const { incident, page, by } = ask;
  await putOnPage(deps, tx, { incident, broadcastId: id, body, by: by.name, ...page });
}

/** Whether anybody sends by hand what is to be copied is not known: nobody is promised more. */
async function endUncarried(deps: WordsDeps, tx: Tx, id: string, note: string): Promise<void> {
  const at = deps.clock.now();
  await endBroadcast(tx, id, { state: 'refused', note, at });
  await withdrawAnswers(tx, id, at);
}
