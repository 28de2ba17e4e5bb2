import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Edge } from '../edge.ts';
import { AskMeta, CommandMeta, decode, form, Origin, UpdateMeta } from '../values.ts';
import { type Form, readForm } from './fields.ts';
import { type Keep, type Outcome, submit } from './submit.ts';
import { createTurn, type Turn } from './turn.ts';
import { submitBreakGlass, submitFailed, submitSkip } from './words/ask.ts';
import { submitChecklist } from './words/checklist.ts';
import { submitCommand, submitDeclareFirst } from './words/command.ts';
import { submitDeclare } from './words/declare.ts';
import { submitPublish } from './words/publish.ts';
import { submitDecline } from './words/schedules.ts';
import { keptWords, submitPreview, submitUpdate } from './words/update.ts';

type Sent = SlackViewMiddlewareArgs<ViewSubmitAction> & { context: Record<string, unknown> };
type Submitted = (edge: Edge, turn: Turn, sent: Form) => Promise<Outcome>;

function withMeta<T>(
  schema: Parameters<typeof decode<T>>[0],
  work: (edge: Edge, turn: Turn, sent: Form, meta: T) => Promise<Outcome>,
): Submitted {
  return (edge, turn, sent) => {
    const meta = decode(schema, sent.private_metadata);
    return meta === null ? submitUnknown() : work(edge, turn, sent, meta);
  };
}

export const forms: ReadonlyMap<string, Submitted> = new Map<string, Submitted>([
  [form.declare, submitDeclare],
  [form.declareFirst, withMeta(CommandMeta, submitDeclareFirst)],
  [form.command, withMeta(CommandMeta, submitCommand)],
  [form.breakGlass, withMeta(AskMeta, submitBreakGlass)],
  [form.skip, withMeta(AskMeta, submitSkip)],
  [form.defer, withMeta(AskMeta, submitSkip)],
  [form.failed, withMeta(AskMeta, submitFailed)],
  [form.checklist, withMeta(AskMeta, submitChecklist)],
  [form.declineSchedule, withMeta(AskMeta, submitDecline)],
  [form.publish, withMeta(AskMeta, submitPublish)],
  [form.update, withMeta(UpdateMeta, submitUpdate)],
  [form.preview, withMeta(UpdateMeta, submitPreview)],
]);

async function submitUnknown(): Promise<Outcome> {
  return { do: 'close', tell: 'This form is from another version of Muster: open it again. Nothing has been done.' };
}

/** Forms that hold long words of people are never replaced by a mere sentence. */
function keepOf(edge: Edge, callback: string, sent: Form): { keep?: Keep } {
  const meta = callback === form.update || callback === form.preview ? decode(UpdateMeta, sent.private_metadata) : null;
  return meta === null ? {} : { keep: (sentence) => keptWords(edge, sent, meta, sentence) };
}

/** Does what a form asks for; its outcome is the answer to its submission. */
export async function submitForm(edge: Edge, { ack, body, view, context }: Sent): Promise<void> {
  const sent = readForm(view);
  const origin = decode(Origin, sent.private_metadata) ?? { channel: null, respondTo: null };
  const turn = createTurn(edge, { ...origin, user: body.user.id, trigger: null, requestKey: context.requestKey });
  const work = forms.get(view.callback_id) ?? submitUnknown;
  const keep = keepOf(edge, view.callback_id, sent);
  await submit(edge, turn, { form: sent, ack: (response) => ack(response), ...keep }, () => work(edge, turn, sent));
}
