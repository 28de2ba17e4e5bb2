import type { Previewed } from '../../../broadcast/broadcast.ts';
import { Refusal } from '../../../domain/errors.ts';
import type { Edge } from '../../edge.ts';
import { limits } from '../../presenters/limit.ts';
import { sentenceModal } from '../../presenters/modals/ask.ts';
import { previewModal } from '../../presenters/modals/preview.ts';
import { readingUpdateModal, type UpdateWords, updateModal } from '../../presenters/modals/update.ts';
import type { Modal } from '../../presenters/modals/view.ts';
import { serviceOf } from '../../presenters/services.ts';
import { encode, type Origin, type UpdateChoice, type UpdateMeta } from '../../values.ts';
import { sentenceOf } from '../carry.ts';
import type { Form } from '../fields.ts';
import type { Typed } from '../parse.ts';
import type { Outcome } from '../submit.ts';
import type { Turn } from '../turn.ts';
import { askOf, choiceIn, digestOf, refuseEmpty, wordsIn } from '../update-fields.ts';
import { type OpenView, openView, updateView } from '../views.ts';
import { whichIncident } from '../which.ts';

/** `/dr update [words]` */
export async function updateHere(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const words = typed.rest === '' ? {} : { inside: typed.rest };
  await openUpdate(edge, turn, async () => (await whichIncident(edge, turn, typed))?.id ?? null, words);
}

/** The editor opens at once and is filled when the state is known. `find` runs once it is open. */
export async function openUpdate(
  edge: Edge,
  turn: Turn,
  find: () => Promise<number | null>,
  words: Partial<UpdateWords> = {},
): Promise<void> {
  const origin = { channel: turn.channel, respondTo: turn.respondTo };
  const open = await openView(edge, turn, readingUpdateModal(frameOf(edge, 'Update', origin)));
  await fill(edge, open, async () => {
    await edge.incidents.mayLook(turn.by);
    const incidentId = await find();
    if (incidentId === null)
      throw new Refusal('Several incidents are open: say it in the channel of the one you mean.');
    return editor(edge, turn, { ...origin, incidentId, previewed: null }, { words, choice: null });
  });
}

/** Shows what each would read; sends nothing. */
export async function submitUpdate(edge: Edge, turn: Turn, form: Form, meta: UpdateMeta): Promise<Outcome> {
  return show(await preview(edge, turn, meta, { words: wordsIn(form), choice: choiceIn(form) }));
}

/** Sends what was shown; what reads differently since, by whatever has changed, is shown once more. */
export async function submitPreview(edge: Edge, turn: Turn, form: Form, meta: UpdateMeta): Promise<Outcome> {
  const { previewed, incidentId } = meta;
  if (previewed === null) throw new Refusal('This form is from an older version: open it again. Nothing was sent.');
  const words = wordsIn(form);
  const entered = { words, choice: previewed };
  const { standing: seen } = previewed;
  if (seen === null || previewed.words !== digestOf(words)) return show(await preview(edge, turn, meta, entered));
  const ask = await askFor(edge, turn, incidentId, entered);
  await turn.fresh();
  try {
    const sent = await edge.broadcast.updates.send({ ...ask, seen, requestKey: `slack:${form.id}` }, turn.by);
    return { do: 'close', tell: sent };
  } catch (error) {
    if (!(error instanceof Refusal) || error.field !== 'seen') throw error;
    return show(await preview(edge, turn, meta, entered, error.message));
  }
}

/** From the preview back to the editor, with everything that was entered. */
export async function backToUpdate(
  edge: Edge,
  turn: Turn,
  open: OpenView,
  of: { form: Form; meta: UpdateMeta },
): Promise<void> {
  const { form, meta } = of;
  const before = { words: wordsIn(form), choice: meta.previewed };
  await fill(edge, open, async () => {
    await edge.incidents.mayLook(turn.by);
    return editor(edge, turn, { ...meta, previewed: null }, before);
  });
}

/** The words that were typed, still in their fields, below what there is to say about them. */
export function keptWords(edge: Edge, form: Form, meta: UpdateMeta, notice: string): Modal {
  const choice: UpdateChoice = meta.previewed ?? choiceIn(form);
  return present(edge, meta, { words: wordsIn(form), choice }, { shown: null, notice });
}

interface Entered {
  words: UpdateWords;
  choice: UpdateChoice;
}

async function editor(
  edge: Edge,
  turn: Turn,
  meta: UpdateMeta,
  before: { words: Partial<UpdateWords>; choice: UpdateChoice | null },
): Promise<Modal> {
  const state = await edge.broadcast.updates.form(meta.incidentId, turn.by);
  return updateModal(frameOf(edge, `Update ${state.label}`, meta), state, before);
}

async function preview(edge: Edge, turn: Turn, meta: UpdateMeta, entered: Entered, notice?: string): Promise<Modal> {
  await edge.incidents.mayLook(turn.by);
  refuseEmpty(entered.words, entered.choice);
  const ask = await askFor(edge, turn, meta.incidentId, entered);
  const shown = await edge.broadcast.updates.preview(ask, turn.by);
  return present(edge, meta, entered, { shown, ...(notice !== undefined && { notice }) });
}

function present(
  edge: Edge,
  meta: UpdateMeta,
  { words, choice }: Entered,
  { shown, notice }: { shown: Previewed | null; notice?: string },
): Modal {
  const { audiences, page } = choice;
  const made = { words: shown ? digestOf(words) : '', standing: shown?.standing ?? null };
  const next: UpdateMeta = { ...meta, previewed: { audiences, page, ...made } };
  if (encode(next).length > limits.metadata)
    throw new Refusal('That is more than a form can carry: choose one state for fewer components.', 'page');
  const named = (component: string): string => serviceOf(edge.home, component);
  const frame = frameOf(edge, `Update INC-${meta.incidentId}`, next);
  const previews = shown?.previews ?? [];
  return previewModal({ ...frame, choice, words, serviceOf: named, previews, ...(notice !== undefined && { notice }) });
}

async function askFor(edge: Edge, turn: Turn, incidentId: number, { words, choice }: Entered) {
  const all = choice.page !== null && choice.page.all !== null;
  const page = all ? (await edge.broadcast.updates.form(incidentId, turn.by)).page : null;
  return askOf(incidentId, words, choice, page);
}

async function fill(edge: Edge, open: OpenView, read: () => Promise<Modal>): Promise<void> {
  try {
    await updateView(edge, open, await read());
  } catch (error) {
    const sentence = sentenceOf(edge, error);
    if (sentence === null) return;
    const frame = { metadata: '', simulated: edge.simulated };
    await updateView(edge, open, sentenceModal(frame, 'Update', sentence));
  }
}

function frameOf(
  edge: Edge,
  title: string,
  meta: Origin | UpdateMeta,
): { title: string; metadata: string; simulated: boolean } {
  return { title, metadata: encode(meta), simulated: edge.simulated };
}

function show(view: Modal): Outcome {
  return { do: 'show', view, fill: async () => {} };
}
