import { z } from 'zod';
import * as element from './elements.ts';
import { richText } from './rich-text.ts';
import { anyText, blockId, chars, items, plainText } from './text.ts';

const block_id = blockId.optional();

/** What may stand at the right of a section. */
const accessory = z.discriminatedUnion('type', [
  element.button,
  element.image,
  element.overflow,
  element.staticSelect,
  element.multiStaticSelect,
  element.usersSelect,
  element.multiUsersSelect,
  element.checkboxes,
  element.radioButtons,
  element.datePicker,
  element.timePicker,
]);

const inActions = z.discriminatedUnion('type', [
  element.button,
  element.overflow,
  element.staticSelect,
  element.usersSelect,
  element.checkboxes,
  element.radioButtons,
  element.datePicker,
  element.timePicker,
  element.datetimePicker,
]);

const inInput = z.discriminatedUnion('type', [
  element.plainTextInput,
  element.numberInput,
  element.staticSelect,
  element.multiStaticSelect,
  element.usersSelect,
  element.multiUsersSelect,
  element.checkboxes,
  element.radioButtons,
  element.datePicker,
  element.timePicker,
  element.datetimePicker,
]);

const inContext = z.discriminatedUnion('type', [
  element.image,
  z.strictObject({ type: z.literal('mrkdwn'), text: chars(3000), verbatim: z.boolean().optional() }),
  z.strictObject({ type: z.literal('plain_text'), text: chars(3000), emoji: z.boolean().optional() }),
]);

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: anyText(3000).optional(),
    fields: items(anyText(2000), 10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    message: 'missing required field: text or fields',
    path: ['text'],
  });

const input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plainText(2000),
  element: inInput,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const common = [
  section,
  input,
  richText,
  z.strictObject({ type: z.literal('divider'), block_id }),
  z.strictObject({ type: z.literal('header'), block_id, text: plainText(150) }),
  z.strictObject({ type: z.literal('context'), block_id, elements: items(inContext, 10) }),
  z.strictObject({ type: z.literal('actions'), block_id, elements: items(inActions, 25) }),
  z.strictObject({
    type: z.literal('image'),
    block_id,
    image_url: chars(3000),
    alt_text: chars(2000),
    title: plainText(2000).optional(),
  }),
] as const;

const cell = z.union([z.strictObject({ type: z.literal('raw_text'), text: chars(3000) }), richText]);

/** Blocks that only messages may hold. */
const messageOnly = [
  z.strictObject({ type: z.literal('markdown'), block_id, text: chars(12_000) }),
  z.strictObject({
    type: z.literal('table'),
    block_id,
    rows: items(items(cell, 20), 100),
    column_settings: z.array(z.looseObject({})).max(20, 'no more than 20 items allowed').optional(),
  }),
] as const;

export const viewBlock = z.discriminatedUnion('type', common);
export const messageBlock = z.discriminatedUnion('type', [...common, ...messageOnly]);

/** A block that was let through, as it is shown. */
export type ShownBlock = z.infer<typeof messageBlock> & { block_id: string };
