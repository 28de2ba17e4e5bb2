import type { App, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Edge } from '../edge.ts';
import { AskMeta, act, ButtonValue, CommandMeta, decode, form, Origin, UpdateMeta } from '../values.ts';
import { commitThenAck } from './ack.ts';
import { doing, opening } from './buttons.ts';
import { carry } from './carry.ts';
import { fillForm, reading } from './command-form.ts';
import { type Form, readForm } from './fields.ts';
import { type Acknowledge, type Keep, type Outcome, submit } from './submit.ts';
import { tell } from './tell.ts';
import { registerTimeline } from './timeline-events.ts';
import { createTurn, type Turn } from './turn.ts';
import { replaceView } from './views.ts';
import { submitBreakGlass, submitFailed, submitSkip } from './words/ask.ts';
import { submitCommand, submitDeclareFirst } from './words/command.ts';
import { submitDeclare } from './words/declare.ts';
import { submitPublish } from './words/publish.ts';
import { backToUpdate, keptWords, submitPreview, submitUpdate } from './words/update.ts';
import { sayWord } from './words/words.ts';

/** Every listener: acknowledge, parse, call one function, present. */
export function registerListeners(app: App, edge: Edge): void {
  registerCommand(app, edge);
  registerButtons(app, edge);
  registerSelects(app, edge);
  registerBack(app, edge);
  registerForms(app, edge);
  registerTimeline(app, edge);
}

function registerCommand(app: App, edge: Edge): void {
  app.command('/dr', async ({ ack, command, context }) => {
    await ack();
    const turn = createTurn(edge, {
      user: command.user_id,
      trigger: command.trigger_id,
      channel: command.channel_id,
      respondTo: command.response_url || null,
      requestKey: context.requestKey,
    });
    await carry(edge, turn, () => sayWord(edge, turn, command.text ?? ''));
  });
}

function registerButtons(app: App, edge: Edge): void {
  for (const [action, work] of Object.entries(doing)) {
    app.action<BlockAction>(action, async (args) => {
      const turn = turnOfAction(edge, args);
      await carry(edge, turn, async () => {
        await tell(
          edge,
          turn,
          await commitThenAck(
            edge,
            () => args.ack(),
            () => work(edge, turn, aboutOf(args)),
          ),
        );
      });
    });
  }
  for (const [action, open] of Object.entries(opening)) {
    app.action<BlockAction>(action, async (args) => {
      await args.ack();
      const turn = turnOfAction(edge, args);
      await carry(edge, turn, () => open(edge, turn, aboutOf(args)));
    });
  }
}

/** Choices inside a command's form: each reads the state again. */
function registerSelects(app: App, edge: Edge): void {
  for (const action of [act.mode, act.incident]) {
    app.action<BlockAction>(action, async (args) => {
      await args.ack();
      const { view } = args.body;
      const meta = decode(CommandMeta, view?.private_metadata);
      if (view === undefined || meta === null) return;
      const turn = { ...turnOfAction(edge, args), channel: meta.channel, respondTo: meta.respondTo };
      const chosen = 'selected_option' in args.action ? args.action.selected_option?.value : undefined;
      const next = CommandMeta.safeParse(
        action === act.mode ? { ...meta, mode: chosen } : { ...meta, incidentId: Number(chosen) },
      );
      if (!next.success) return;
      await carry(edge, turn, async () => {
        const open = await replaceView(edge, { id: view.id, hash: view.hash }, reading(edge, next.data));
        if (open !== null) await fillForm(edge, turn, open, next.data);
      });
    });
  }
}

/** From the preview of an update back to its editor. */
function registerBack(app: App, edge: Edge): void {
  app.action<BlockAction>(act.back, async (args) => {
    await args.ack();
    const { view } = args.body;
    const meta = decode(UpdateMeta, view?.private_metadata);
    if (view === undefined || meta === null) return;
    const turn = { ...turnOfAction(edge, args), channel: meta.channel, respondTo: meta.respondTo };
    await carry(edge, turn, () =>
      backToUpdate(edge, turn, { id: view.id, hash: view.hash }, { form: readForm(view), meta }),
    );
  });
}

type Submitted = (edge: Edge, turn: Turn, sent: Form) => Promise<Outcome>;

function withMeta<T>(
  schema: Parameters<typeof decode<T>>[0],
  work: (edge: Edge, turn: Turn, sent: Form, meta: T) => Promise<Outcome>,
): Submitted {
  return (edge, turn, sent) => {
    const meta = decode(schema, sent.private_metadata);
    if (meta === null)
      return Promise.resolve({
        do: 'close',
        tell: 'This form is from an older version: open it again. Nothing has been done.',
      });
    return work(edge, turn, sent, meta);
  };
}

const forms: Record<string, Submitted> = {
  [form.declare]: submitDeclare,
  [form.declareFirst]: withMeta(CommandMeta, submitDeclareFirst),
  [form.command]: withMeta(CommandMeta, submitCommand),
  [form.breakGlass]: withMeta(AskMeta, submitBreakGlass),
  [form.skip]: withMeta(AskMeta, submitSkip),
  [form.defer]: withMeta(AskMeta, submitSkip),
  [form.failed]: withMeta(AskMeta, submitFailed),
  [form.publish]: withMeta(AskMeta, submitPublish),
  [form.update]: withMeta(UpdateMeta, submitUpdate),
  [form.preview]: withMeta(UpdateMeta, submitPreview),
};

/** Forms that hold long words of people are never replaced by a mere sentence. */
function keepOf(edge: Edge, callback: string, sent: Form): { keep?: Keep } {
  const meta = callback === form.update || callback === form.preview ? decode(UpdateMeta, sent.private_metadata) : null;
  return meta === null ? {} : { keep: (sentence) => keptWords(edge, sent, meta, sentence) };
}

function registerForms(app: App, edge: Edge): void {
  for (const [callback, work] of Object.entries(forms)) {
    app.view(callback, async ({ ack, body, view, context }) => {
      const sent = readForm(view);
      const origin = decode(Origin, sent.private_metadata) ?? { channel: null, respondTo: null };
      const turn = createTurn(edge, { ...origin, user: body.user.id, trigger: null, requestKey: context.requestKey });
      const of = {
        form: sent,
        ack: (response: Parameters<Acknowledge>[0]) => ack(response),
        ...keepOf(edge, callback, sent),
      };
      await submit(edge, turn, of, () => work(edge, turn, sent));
    });
  }
}

function turnOfAction(
  edge: Edge,
  { body, context }: SlackActionMiddlewareArgs<BlockAction> & { context: Record<string, unknown> },
): Turn {
  return createTurn(edge, {
    user: body.user.id,
    trigger: body.trigger_id,
    channel: body.channel?.id ?? body.container?.channel_id ?? null,
    respondTo: body.response_url || null,
    requestKey: context.requestKey,
  });
}

function aboutOf({ action }: SlackActionMiddlewareArgs<BlockAction>): ButtonValue {
  return decode(ButtonValue, 'value' in action ? String(action.value) : undefined) ?? {};
}
