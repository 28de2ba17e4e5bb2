import { elementsOf } from '../ids.ts';
import type { Block, Message, OpenView } from '../workspace.ts';
import { messageAction, viewAction } from './payloads.ts';
import { type Acted, channelFor, dispatch, type Hands, handlesFor } from './people.ts';
import { type Entered, fill, stateOf, type Values } from './values.ts';

export type Surface = { channel: string; ts: string } | { viewId: string };

export type Use = Surface & {
  user: string;
  actionId: string;
  /** Tells elements with the same action_id apart: its block, or where that is not known a button's value. */
  blockId?: string;
  value?: string;
  /** What the person has entered elsewhere on the same surface. */
  values?: Values;
};

interface Found {
  block: Block;
  element: Record<string, unknown>;
}

function find(blocks: readonly Block[], use: Use): Found {
  const all = blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const found = all.find(
    ({ block, element }) =>
      element.action_id === use.actionId &&
      (use.blockId === undefined
        ? use.value === undefined || element.value === use.value
        : block.block_id === use.blockId),
  );
  if (found) return found;
  const there = all.map(({ element }) => String(element.action_id));
  throw new Error(`Nothing called ${use.actionId} to use here. Found: ${there.join(', ') || 'nothing'}.`);
}

/** Presses a button; a confirmation that it asks for is taken as given. */
export function click(hands: Hands, use: Use): Promise<Acted> {
  return act(hands, use, ({ block, element }) => {
    const { type, text, value, style, action_id } = element;
    if (type !== 'button') throw new Error(`${use.actionId} is a ${String(type)}, not a button.`);
    const optional = { ...(value === undefined ? {} : { value }), ...(style === undefined ? {} : { style }) };
    return { type, action_id, block_id: block.block_id, text, ...optional };
  });
}

/** Chooses in a menu, a picker, checkboxes or radio buttons. */
export function selectOption(hands: Hands, use: Use & { option: Entered }): Promise<Acted> {
  const { value: _value, ...where } = use;
  return act(hands, where, ({ block, element }) => ({
    ...fill(element, use.option, hands.workspace),
    action_id: element.action_id,
    block_id: block.block_id,
  }));
}

async function act(hands: Hands, use: Use, describe: (found: Found) => Record<string, unknown>): Promise<Acted> {
  hands.checkUp();
  const surface = surfaceOf(hands, use);
  const blocks = 'view' in surface ? surface.view.body.blocks : surface.message.blocks;
  const action = { ...describe(find(blocks, use)), action_ts: hands.workspace.nextTs() };
  const used = { action, values: stateOf(blocks, use.values ?? {}, hands.workspace) };
  const answer = await dispatch(hands, 'interactive', payloadFor(hands, use.user, surface, used));
  return answer.ok ? { ok: true } : { ok: false, shown: `Slack could not reach the app: ${answer.error}` };
}

type OnSurface = { view: OpenView } | { channel: ReturnType<typeof channelFor>; message: Message };

function surfaceOf(hands: Hands, use: Use): OnSurface {
  if ('viewId' in use) {
    const view =
      hands.workspace.views.get(use.viewId) ?? [...hands.workspace.views.values()].find((one) => one.id === use.viewId);
    if (!view || view.user !== use.user) throw new Error(`${use.user} has no view ${use.viewId} open.`);
    return { view };
  }
  const channel = channelFor(hands, use.user, use.channel);
  const message = channel.messages.find((one) => one.ts === use.ts && (one.only ?? use.user) === use.user);
  if (!message) throw new Error(`${use.user} sees no message ${use.ts} in #${channel.name}.`);
  return { channel, message };
}

function payloadFor(
  hands: Hands,
  user: string,
  surface: OnSurface,
  used: { action: Record<string, unknown>; values: unknown },
): Record<string, unknown> {
  const { workspace, triggers } = hands;
  if ('view' in surface) {
    const trigger = triggers.issue({ user, view: surface.view.body.type === 'modal' ? surface.view.id : null });
    return viewAction(workspace, user, surface.view, used, trigger);
  }
  return messageAction(workspace, user, surface, used, handlesFor(hands, user, surface.channel, surface.message.ts));
}
