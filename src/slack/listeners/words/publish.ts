import { Refusal } from '../../../domain/errors.ts';
import { incidentLabel } from '../../../domain/incident.ts';
import type { Edge } from '../../edge.ts';
import { loadingModal, publishModal, sentenceModal } from '../../presenters/modals/ask.ts';
import { neverPublished } from '../../presenters/public-draft.ts';
import { type AskMeta, encode } from '../../values.ts';
import { sentenceOf } from '../carry.ts';
import { allChosenIn, type Form, typedIn } from '../fields.ts';
import type { Typed } from '../parse.ts';
import type { Outcome } from '../submit.ts';
import type { Turn } from '../turn.ts';
import { openView, updateView } from '../views.ts';
import { whichIncident } from '../which.ts';

/** The public words of an incident, to be read, mended and published. `find` runs once the form is open. */
export async function openPublish(edge: Edge, turn: Turn, find: () => Promise<number | null>): Promise<void> {
  const blank = { metadata: encode({ channel: turn.channel, respondTo: turn.respondTo }), simulated: edge.simulated };
  const open = await openView(edge, turn, loadingModal(blank, 'Public words'));
  try {
    await edge.incidents.mayLook(turn.by);
    const incidentId = await find();
    if (incidentId === null)
      throw new Refusal('Several incidents are open: say it in the channel of the one you mean.');
    const meta: AskMeta = { channel: turn.channel, respondTo: turn.respondTo, about: { incidentId } };
    const { incident, publicPage } = await edge.incidents.view(incidentId);
    if (publicPage.state === 'unpublished')
      throw new Refusal(`${incidentLabel(incident)} is ${incident.phase}. ${neverPublished}`);
    const draft = await edge.broadcast.draft(incidentId);
    await updateView(edge, open, publishModal({ ...blank, metadata: encode(meta) }, draft, edge.home));
  } catch (error) {
    const sentence = sentenceOf(edge, error);
    if (sentence !== null) await updateView(edge, open, sentenceModal(blank, 'Public words', sentence));
  }
}

/** `/dr publish` */
export async function publishHere(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  await openPublish(edge, turn, async () => (await whichIncident(edge, turn, typed))?.id ?? null);
}

export async function submitPublish(edge: Edge, turn: Turn, form: Form, meta: AskMeta): Promise<Outcome> {
  const { incidentId } = meta.about;
  if (incidentId === undefined) throw new Refusal('This form is from before a restart: open it again.');
  await turn.fresh();
  const notify = allChosenIn(form, 'notify').includes('notify');
  const ask = { incidentId, body: typedIn(form, 'body'), notify };
  return { do: 'close', tell: await edge.broadcast.publish(ask, turn.by) };
}
