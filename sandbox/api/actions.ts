import { z } from 'zod';
import type { SimulatedSlack } from '../slack/start.ts';

const user = z.string();
const channel = z.string();
const entered = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);
const values = z.record(z.string(), entered).optional();
const typed = z.strictObject({ user, channel, text: z.string().max(12_000), threadTs: z.string().optional() });
const onMessage = z.strictObject({ user, channel, ts: z.string() });
const inView = z.strictObject({ user, viewId: z.string() });
const used = { actionId: z.string(), blockId: z.string().optional(), value: z.string().optional(), values };
const use = z.union([onMessage.extend(used), inView.extend(used)]);
const choice = z.union([onMessage.extend({ ...used, option: entered }), inView.extend({ ...used, option: entered })]);

type Perform = (slack: SimulatedSlack, body: unknown) => unknown;

/** Builds an object without the keys that are undefined: optional means absent here. */
function without<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** What the page's person can do, by name; each checks what it is given. */
export const performances: Readonly<Record<string, Perform>> = {
  slash: ({ act }, body) => act.slashCommand(without(typed.parse(body))),
  message: ({ act }, body) => act.sendMessage(without(typed.parse(body))),
  click: ({ act }, body) => act.click(without(use.parse(body))),
  select: ({ act }, body) => act.selectOption(without(choice.parse(body))),
  submit: ({ act }, body) => act.submitView(without(inView.extend({ values }).parse(body))),
  close: ({ act }, body) => act.closeView(inView.parse(body)),
  react: ({ act }, body) => act.react(onMessage.extend({ name: z.string() }).parse(body)),
  unreact: ({ act }, body) => act.undoReaction(onMessage.extend({ name: z.string() }).parse(body)),
  edit: ({ act }, body) => act.editMessage(onMessage.extend({ text: z.string().min(1).max(12_000) }).parse(body)),
  remove: ({ act }, body) => act.deleteMessage(onMessage.parse(body)),
  shortcut: ({ act }, body) => act.useShortcut(onMessage.extend({ callbackId: z.string() }).parse(body)),
  join: ({ act }, body) => act.joinChannel(z.strictObject({ user, channel }).parse(body)),
};
