import { Refusal } from '../../domain/errors.ts';
import type { Edge } from '../edge.ts';
import type { Words } from '../presenters/message.ts';
import { breakGlassModal, deferModal, failedModal, skipModal } from '../presenters/modals/ask.ts';
import type { Modal } from '../presenters/modals/view.ts';
import { type AskMeta, act, type ButtonValue, encode } from '../values.ts';
import { enterTyped } from './enter-typed.ts';
import { consentSentence } from './sentences.ts';
import type { Turn } from './turn.ts';
import { openView } from './views.ts';
import { openChecklist } from './words/checklist.ts';
import { openUndo } from './words/command.ts';
import { closeIncident, resolveIncident } from './words/lead.ts';
import { openPublish } from './words/publish.ts';
import { beginScheduled, openDecline } from './words/schedules.ts';
import { openUpdate } from './words/update.ts';

/** Buttons that do something: it is committed before the click is acknowledged. */
export const doing: Record<string, (edge: Edge, turn: Turn, about: ButtonValue) => Promise<string | Words>> = {
  [act.approve]: async ({ recovery }, turn, about) => {
    const ask = { code: need(about.code), incidentId: need(about.incidentId) };
    await turn.fresh();
    return consentSentence(await recovery.approve(ask, turn.by));
  },
  [act.pause]: (edge, turn, about) => steer(edge, turn, about, 'pause'),
  [act.resume]: (edge, turn, about) => steer(edge, turn, about, 'resume'),
  [act.abort]: (edge, turn, about) => steer(edge, turn, about, 'abort'),
  [act.retry]: async (edge, turn, about) => {
    const step = need(about.step);
    await turn.fresh();
    const said = await edge.recovery.retry({ runId: need(about.runId), step }, turn.by);
    await enterPress(edge, turn, about, `Retry ${step}`);
    return said;
  },
  [act.done]: async (edge, turn, about) => {
    const step = need(about.step);
    await turn.fresh();
    const said = await edge.recovery.answer({ runId: need(about.runId), step, done: true, note: '' }, turn.by);
    await enterPress(edge, turn, about, `Done of ${step}`);
    return said;
  },
  [act.resolve]: (edge, turn, about) => resolveIncident(edge, turn, need(about.incidentId)),
  [act.close]: (edge, turn, about) => closeIncident(edge, turn, need(about.incidentId)),
  [act.acknowledge]: async ({ broadcast }, turn, about) => {
    await turn.fresh();
    return broadcast.ack({ incidentId: need(about.incidentId) }, turn.by);
  },
  [act.posted]: async ({ broadcast }, turn, about) => {
    await turn.fresh();
    const { broadcastId } = about;
    const words = broadcastId === undefined ? {} : { broadcastId };
    return broadcast.updates.posted({ incidentId: need(about.incidentId), ...words }, turn.by);
  },
  [act.sendDraft]: async ({ broadcast }, turn, about) => {
    await turn.fresh();
    return broadcast.updates.sendDraft({ incidentId: need(about.incidentId), round: need(about.round) }, turn.by);
  },
  [act.snooze]: async ({ broadcast }, turn, about) => {
    await turn.fresh();
    return broadcast.updates.snooze({ incidentId: need(about.incidentId) }, turn.by);
  },
  [act.reviewed]: async ({ broadcast }, turn, about) => {
    await turn.fresh();
    return broadcast.review({ reviewId: need(about.reviewId) }, turn.by);
  },
};

/** Buttons that ask something first: the form opens at once. */
export const opening: Record<string, (edge: Edge, turn: Turn, about: ButtonValue) => Promise<void>> = {
  [act.breakGlass]: (edge, turn, about) =>
    openAsk(edge, turn, about, (frame) => breakGlassModal(frame, { code: need(about.code) })),
  [act.skip]: (edge, turn, about) =>
    openAsk(edge, turn, about, (frame) => skipModal(frame, { step: need(about.step) })),
  [act.defer]: (edge, turn, about) =>
    openAsk(edge, turn, about, (frame) => deferModal(frame, { step: need(about.step) })),
  [act.failed]: (edge, turn, about) =>
    openAsk(edge, turn, about, (frame) => failedModal(frame, { step: need(about.step) })),
  [act.checklist]: (edge, turn, about) =>
    openChecklist(edge, turn, { runId: need(about.runId), step: need(about.step), incidentId: need(about.incidentId) }),
  [act.undo]: (edge, turn, about) =>
    openUndo(edge, turn, { incidentId: need(about.incidentId), runId: need(about.runId) }),
  [act.begin]: (edge, turn, about) => beginScheduled(edge, turn, need(about.occurrenceId)),
  [act.decline]: (edge, turn, about) => openDecline(edge, turn, need(about.occurrenceId)),
  [act.update]: (edge, turn, about) => openUpdate(edge, turn, async () => need(about.incidentId)),
  [act.editDraft]: (edge, turn, about) => openUpdate(edge, turn, async () => need(about.incidentId)),
  [act.publish]: (edge, turn, about) => openPublish(edge, turn, async () => need(about.incidentId)),
};

async function steer(edge: Edge, turn: Turn, about: ButtonValue, word: 'pause' | 'resume' | 'abort'): Promise<string> {
  await turn.fresh();
  const said = await edge.recovery[word]({ runId: need(about.runId) }, turn.by);
  await enterPress(edge, turn, about, labels[word]);
  return said;
}

const labels = { pause: 'Pause', resume: 'Resume', abort: 'Abort' };

/** In the timeline beside what is typed: what a run was told by a button. */
async function enterPress(edge: Edge, turn: Turn, { incidentId }: ButtonValue, label: string): Promise<void> {
  if (incidentId !== undefined)
    await enterTyped(edge, turn, { where: async () => incidentId, text: `Pressed ${label}` });
}

async function openAsk(
  edge: Edge,
  turn: Turn,
  about: ButtonValue,
  present: (frame: { metadata: string; simulated: boolean }) => Modal,
): Promise<void> {
  const meta: AskMeta = { channel: turn.channel, respondTo: turn.respondTo, about };
  await openView(edge, turn, present({ metadata: encode(meta), simulated: edge.simulated }));
}

function need<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Refusal('This button is from an older version: use the word instead, /dr help shows it.');
  return value;
}
