import { Refusal } from '../../../domain/errors.ts';
import type { Edge } from '../../edge.ts';
import { declineScheduleModal, loadingModal, sentenceModal } from '../../presenters/modals/ask.ts';
import { presentSchedules } from '../../presenters/schedule.ts';
import { type AskMeta, encode } from '../../values.ts';
import { sentenceOf } from '../carry.ts';
import { fillForm } from '../command-form.ts';
import { type Form, typedIn } from '../fields.ts';
import type { Outcome } from '../submit.ts';
import { tell } from '../tell.ts';
import type { Turn } from '../turn.ts';
import { openView, updateView } from '../views.ts';
import { blankMeta } from './command.ts';

/** `/dr schedules` */
export async function showSchedules(edge: Edge, turn: Turn): Promise<void> {
  await edge.incidents.mayLook(turn.by);
  await tell(edge, turn, presentSchedules(await edge.schedules.list(), edge.home));
}

/** Start: the form of its command, in the record that is its own. */
export async function beginScheduled(edge: Edge, turn: Turn, occurrenceId: string): Promise<void> {
  const frame = { metadata: '', simulated: edge.simulated };
  const open = await openView(edge, turn, loadingModal(frame, 'Start'));
  try {
    await turn.fresh();
    const { command, inputs, incidentId } = await edge.schedules.begin({ occurrenceId }, turn.by);
    await fillForm(edge, turn, open, { ...blankMeta(turn, command), inputs, incidentId });
  } catch (error) {
    const sentence = sentenceOf(edge, error);
    if (sentence === null) return;
    if (!(await updateView(edge, open, sentenceModal(frame, 'Start', sentence)))) await tell(edge, turn, sentence);
  }
}

/** Not this time: asks why. Its owner may hold no role: what is sent is refused to whoever may not. */
export async function openDecline(edge: Edge, turn: Turn, occurrenceId: string): Promise<void> {
  const { schedule } = await edge.schedules.occurrence(occurrenceId);
  const meta: AskMeta = { channel: turn.channel, respondTo: turn.respondTo, about: { occurrenceId } };
  await openView(edge, turn, declineScheduleModal({ metadata: encode(meta), simulated: edge.simulated }, { schedule }));
}

export async function submitDecline(edge: Edge, turn: Turn, form: Form, { about }: AskMeta): Promise<Outcome> {
  const { occurrenceId } = about;
  if (occurrenceId === undefined) throw new Refusal('This form is from an older version: press the button again.');
  await turn.fresh();
  return {
    do: 'close',
    tell: await edge.schedules.decline({ occurrenceId, reason: typedIn(form, 'reason') }, turn.by),
  };
}
