import { Refusal } from '../../../domain/errors.ts';
import type { Edge } from '../../edge.ts';
import { loadingModal, sentenceModal } from '../../presenters/modals/ask.ts';
import { checklistModal, tickPrefix } from '../../presenters/modals/checklist.ts';
import { type AskMeta, encode } from '../../values.ts';
import { sentenceOf } from '../carry.ts';
import { allChosenIn, chosenIn, type Form, fieldsWithPrefix, typedIn } from '../fields.ts';
import type { Outcome } from '../submit.ts';
import type { Turn } from '../turn.ts';
import { openView, updateView } from '../views.ts';

/** The items of a checklist, to be ticked or declined. */
export async function openChecklist(
  edge: Edge,
  turn: Turn,
  about: { runId: string; step: string; incidentId: number },
): Promise<void> {
  const meta: AskMeta = { channel: turn.channel, respondTo: turn.respondTo, about };
  const frame = { metadata: encode(meta), simulated: edge.simulated };
  const open = await openView(edge, turn, loadingModal(frame, 'Checklist'));
  try {
    await edge.incidents.mayLook(turn.by);
    const view = await edge.recovery.readChecklist(about);
    if (view.over !== null) throw new Refusal(`Nothing can be answered any more: ${view.step} is ${view.over}`);
    await updateView(edge, open, checklistModal(frame, view, edge.home));
  } catch (error) {
    const sentence = sentenceOf(edge, error);
    if (sentence !== null) await updateView(edge, open, sentenceModal(frame, 'Checklist', sentence));
  }
}

export async function submitChecklist(edge: Edge, turn: Turn, form: Form, { about }: AskMeta): Promise<Outcome> {
  const { runId, step } = about;
  if (runId === undefined || step === undefined)
    throw new Refusal('This form is from before a restart: open it again.');
  const ticked = fieldsWithPrefix(form, tickPrefix).flatMap((field) => allChosenIn(form, field));
  const declined = chosenIn(form, 'declined');
  const reason = typedIn(form, 'reason');
  const [first] = fieldsWithPrefix(form, tickPrefix);
  if (ticked.length === 0 && declined === null)
    return { do: 'errors', errors: { [first ?? 'declined']: 'Tick what is done, or choose what cannot be done.' } };
  if (declined !== null && reason.trim() === '')
    return { do: 'errors', errors: { reason: 'Say why it cannot be done: it is named at the end of the run.' } };
  await turn.fresh();
  const answers = [
    ...ticked.map((item) => ({ item, answer: 'done' as const })),
    ...(declined === null ? [] : [{ item: declined, answer: 'declined' as const }]),
  ];
  return { do: 'close', tell: await edge.recovery.answerItems({ runId, step, answers, reason }, turn.by) };
}
