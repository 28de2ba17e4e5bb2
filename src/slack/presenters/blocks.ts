import type { types } from '@slack/bolt';
import { plain, runsFromRight } from './escape.ts';
import { clip, limits, packLines, splitText } from './limit.ts';

export type Block = types.KnownBlock;
export type Element = types.ActionsBlockElement;
export type Option = types.PlainTextOption;

export function plainText(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: clip(plain(text), max) || ' ', emoji: true };
}

/** Text whose values have been escaped already; Slack links nothing in it by itself. */
export function mrkdwn(text: string, max: number = limits.section): types.MrkdwnElement {
  return { type: 'mrkdwn', text: clip(text, max) || ' ', verbatim: true };
}

export function header(text: string): Block {
  return { type: 'header', text: plainText(text, limits.header) };
}

/** Shown whole: Slack folds a longer one behind *See more* otherwise, wherever that cuts it. */
export function section(text: string): Block {
  return { type: 'section', text: mrkdwn(text), expand: true };
}

/** Lines as sections, as many as it takes. */
export function sections(lines: readonly string[]): Block[] {
  return packLines(lines).map(section);
}

/** A text of any length as sections: nothing of it is left out. */
export function wholeText(text: string): Block[] {
  return splitText(text).flatMap(partAtOurs).map(section);
}

/** A section has the direction of its first letter: lines of ours below somebody's from right to left begin another. */
function partAtOurs(text: string): string[] {
  if (!runsFromRight(text)) return [text];
  const paragraphs = text.split('\n\n');
  const ours = paragraphs.findIndex((one) => /\p{L}/u.test(one) && !runsFromRight(one));
  return ours < 0 ? [text] : [paragraphs.slice(0, ours).join('\n\n'), paragraphs.slice(ours).join('\n\n')];
}

export function context(text: string): Block {
  return { type: 'context', elements: [mrkdwn(text)] };
}

export const divider: Block = { type: 'divider' };

/**
 * No block at all without buttons: an empty one is an error. `id` says what the buttons are about, not where they stand,
 * and is the block's own in its message: a press then survives that the message is edited while somebody confirms it.
 */
export function actions(id: string, buttons: readonly Element[]): Block[] {
  if (buttons.length === 0) return [];
  return [{ type: 'actions', block_id: id.slice(0, limits.blockId), elements: buttons.slice(0, 25) }];
}

export interface ButtonLook {
  style?: 'primary' | 'danger';
  confirm?: { title: string; text: string; yes: string };
}

export function button(text: string, action: string, value: string, look: ButtonLook = {}): Element {
  return {
    type: 'button',
    text: plainText(text, limits.button),
    action_id: action,
    value,
    ...(look.style ? { style: look.style } : {}),
    ...(look.confirm ? { confirm: confirmation(look.confirm) } : {}),
  };
}

function confirmation(ask: NonNullable<ButtonLook['confirm']>): types.ConfirmationDialog {
  return {
    title: plainText(ask.title, limits.confirmTitle),
    text: plainText(ask.text, limits.confirmText),
    confirm: plainText(ask.yes, limits.confirmButton),
    deny: plainText('Not now', limits.confirmButton),
  };
}

export function option(text: string, value: string): Option {
  return { text: { type: 'plain_text', text: clip(plain(text), limits.option) || ' ' }, value };
}
