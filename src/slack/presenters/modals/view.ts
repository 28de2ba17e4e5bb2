import type { types } from '@slack/bolt';
import { type Block, context, mrkdwn, type Option, option, plainText } from '../blocks.ts';
import { limits } from '../limit.ts';

export type Modal = types.ModalView;

export interface ModalParts {
  title: string;
  callback: string;
  metadata: string;
  blocks: readonly Block[];
  simulated: boolean;
  submit?: string;
  close?: string;
}

/** A modal within Slack's limits, marked if it is a simulation. */
export function modal(parts: ModalParts): Modal {
  const banner = parts.simulated ? [context('🧪 *SIMULATION* · nothing real is read, changed or told.')] : [];
  return {
    type: 'modal',
    title: plainText(parts.title, limits.title),
    callback_id: parts.callback,
    private_metadata: parts.metadata,
    blocks: [...banner, ...parts.blocks].slice(0, limits.viewBlocks),
    close: plainText(parts.close ?? 'Close', limits.title),
    ...(parts.submit ? { submit: plainText(parts.submit, limits.title) } : {}),
  };
}

/** The title if a modal shows it whole, else the shorter one. */
export function fitting(title: string, shorter: string): string {
  return title.length <= limits.title ? title : shorter;
}

/** A line or a paragraph to type. Its block and its action have one name, which is its field's. */
export function textInput(ask: {
  field: string;
  label: string;
  hint?: string;
  initial?: string;
  max?: number;
  multiline?: boolean;
  optional?: boolean;
}): Block {
  return {
    type: 'input',
    block_id: ask.field,
    label: plainText(ask.label, limits.label),
    optional: ask.optional ?? false,
    ...(ask.hint ? { hint: plainText(ask.hint, limits.label) } : {}),
    element: {
      type: 'plain_text_input',
      action_id: ask.field,
      multiline: ask.multiline ?? false,
      max_length: ask.max ?? limits.input,
      ...(ask.initial ? { initial_value: ask.initial } : {}),
    },
  };
}

interface Choice {
  label: string;
  options: readonly { text: string; value: string }[];
  initial?: string;
}

/** One of a few, sent with the form. */
export function selectInput(ask: Choice & { field: string; optional?: boolean; hint?: string }): Block {
  return {
    type: 'input',
    block_id: ask.field,
    label: plainText(ask.label, limits.label),
    optional: ask.optional ?? false,
    ...(ask.hint ? { hint: plainText(ask.hint, limits.label) } : {}),
    element: { type: 'static_select', action_id: ask.field, ...optionsOf(ask) },
  };
}

/** Any of a few, at most ten. */
export function checksInput(ask: {
  field: string;
  label: string;
  options: readonly { text: string; value: string; description?: string }[];
  chosen: readonly string[];
  optional?: boolean;
}): Block {
  const options = ask.options.slice(0, 10).map(({ text, value, description }) => ({
    ...option(text, value),
    ...(description ? { description: plainText(description, limits.option) } : {}),
  }));
  const chosen = options.filter(({ value }) => value !== undefined && ask.chosen.includes(value));
  return {
    type: 'input',
    block_id: ask.field,
    label: plainText(ask.label, limits.label),
    optional: ask.optional ?? false,
    element: {
      type: 'checkboxes',
      action_id: ask.field,
      options,
      ...(chosen.length > 0 ? { initial_options: chosen } : {}),
    },
  };
}

/** One of a few, told as soon as it is chosen: not an input, so that a form without a submit button may hold it. */
export function selectNow(ask: Choice & { action: string }): Block {
  return {
    type: 'section',
    text: mrkdwn(ask.label),
    accessory: { type: 'static_select', action_id: ask.action, ...optionsOf(ask) },
  };
}

/** Options of one select. Source: Slack's Block Kit reference. */
export const mostOptions = 100;

function optionsOf(ask: Choice): { options: Option[]; initial_option?: Option } {
  const options = ask.options.slice(0, mostOptions).map(({ text, value }) => option(text, value));
  const initial = options.find((each) => each.value === ask.initial);
  return initial ? { options, initial_option: initial } : { options };
}
