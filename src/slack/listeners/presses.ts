import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Edge } from '../edge.ts';
import { act, ButtonValue, CommandMeta, decode, UpdateMeta } from '../values.ts';
import { commitThenAck } from './ack.ts';
import { doing, opening } from './buttons.ts';
import { carry } from './carry.ts';
import { fillForm, reading } from './command-form.ts';
import { readForm } from './fields.ts';
import { tell } from './tell.ts';
import { createTurn, type Turn } from './turn.ts';
import { replaceView } from './views.ts';
import { backToUpdate } from './words/update.ts';

type Pressed = SlackActionMiddlewareArgs<BlockAction> & { context: Record<string, unknown> };
type Press = (edge: Edge, pressed: Pressed) => Promise<void>;

/** What each button, and each choice inside a form, does. */
export const presses: ReadonlyMap<string, Press> = new Map([
  ...Object.entries(doing).map(([action, work]) => [action, doThenAck(work)] as const),
  ...Object.entries(opening).map(([action, open]) => [action, ackThenOpen(open)] as const),
  [act.mode, (edge, pressed) => choose(edge, pressed, (mode) => ({ mode }))],
  [act.incident, (edge, pressed) => choose(edge, pressed, (id) => ({ incidentId: Number(id) }))],
  [act.back, goBack],
]);

export async function press(edge: Edge, pressed: Pressed): Promise<void> {
  const known = presses.get(pressed.action.action_id) ?? pressUnknown;
  await known(edge, pressed);
}

function doThenAck(work: (typeof doing)[string]): Press {
  return async (edge, pressed) => {
    const turn = turnOf(edge, pressed);
    const ack = (): Promise<void> => pressed.ack();
    const commit = async (): Promise<void> => {
      await tell(edge, turn, await commitThenAck(edge, ack, () => work(edge, turn, aboutOf(pressed))));
    };
    await carry(edge, turn, commit, ack);
  };
}

function ackThenOpen(open: (typeof opening)[string]): Press {
  return async (edge, pressed) => {
    await pressed.ack();
    const turn = turnOf(edge, pressed);
    await carry(edge, turn, () => open(edge, turn, aboutOf(pressed)));
  };
}

async function pressUnknown(edge: Edge, pressed: Pressed): Promise<void> {
  await pressed.ack();
  const turn = turnOf(edge, pressed);
  await carry(edge, turn, () =>
    tell(
      edge,
      turn,
      'This button is from another version of Muster. Nothing has been done: /dr help shows what there is.',
    ),
  );
}

/** A choice inside a command's form: the form reads the state again. */
async function choose(edge: Edge, pressed: Pressed, chosen: (value: string | undefined) => object): Promise<void> {
  await pressed.ack();
  const { view } = pressed.body;
  const meta = decode(CommandMeta, view?.private_metadata);
  if (view === undefined || meta === null) return;
  const turn = { ...turnOf(edge, pressed), channel: meta.channel, respondTo: meta.respondTo };
  const value = 'selected_option' in pressed.action ? pressed.action.selected_option?.value : undefined;
  const next = CommandMeta.safeParse({ ...meta, ...chosen(value) });
  if (!next.success) return;
  await carry(edge, turn, async () => {
    const open = await replaceView(edge, { id: view.id, hash: view.hash }, reading(edge, next.data));
    if (open !== null) await fillForm(edge, turn, open, next.data);
  });
}

/** From the preview of an update back to its editor. */
async function goBack(edge: Edge, pressed: Pressed): Promise<void> {
  await pressed.ack();
  const { view } = pressed.body;
  const meta = decode(UpdateMeta, view?.private_metadata);
  if (view === undefined || meta === null) return;
  const turn = { ...turnOf(edge, pressed), channel: meta.channel, respondTo: meta.respondTo };
  const shown = { id: view.id, hash: view.hash };
  await carry(edge, turn, () => backToUpdate(edge, turn, shown, { form: readForm(view), meta }));
}

function turnOf(edge: Edge, { body, context }: Pressed): Turn {
  return createTurn(edge, {
    user: body.user.id,
    trigger: body.trigger_id,
    channel: body.channel?.id ?? body.container?.channel_id ?? null,
    respondTo: body.response_url || null,
    requestKey: context.requestKey,
  });
}

function aboutOf({ action }: Pressed): ButtonValue {
  return decode(ButtonValue, 'value' in action ? String(action.value) : undefined) ?? {};
}
