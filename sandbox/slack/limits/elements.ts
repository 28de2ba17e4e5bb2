import { z } from 'zod';
import { checkChooser, option, optionGroup, overflowOption, richOption } from './options.ts';
import { actionId, chars, confirm, items, plainText } from './text.ts';

const common = { action_id: actionId.optional(), focus_on_load: z.boolean().optional() };
const placeholder = plainText(150).optional();
const dispatch = z.strictObject({
  trigger_actions_on: items(z.enum(['on_enter_pressed', 'on_character_entered']), 2).optional(),
});

export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId.optional(),
  value: chars(2000).optional(),
  url: chars(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: chars(75).optional(),
});

const menu = {
  ...common,
  options: items(option, 100).optional(),
  option_groups: items(optionGroup, 100).optional(),
  placeholder,
  confirm: confirm.optional(),
};

export const staticSelect = z
  .strictObject({ type: z.literal('static_select'), ...menu, initial_option: option.optional() })
  .superRefine(checkChooser);

export const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...menu,
    initial_options: items(option, 100).optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .superRefine(checkChooser);

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...common,
    options: items(richOption, 10),
    initial_options: items(richOption, 10).optional(),
    confirm: confirm.optional(),
  })
  .superRefine(checkChooser);

export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...common,
    options: items(richOption, 10),
    initial_option: richOption.optional(),
    confirm: confirm.optional(),
  })
  .superRefine(checkChooser);

export const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId.optional(),
  options: items(overflowOption, 5),
  confirm: confirm.optional(),
});

export const datetimePicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...common,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
  confirm: confirm.optional(),
});

export const datePicker = z.strictObject({
  type: z.literal('datepicker'),
  ...common,
  initial_date: z.iso.date().optional(),
  placeholder,
  confirm: confirm.optional(),
});

export const timePicker = z.strictObject({
  type: z.literal('timepicker'),
  ...common,
  initial_time: z
    .string()
    .regex(/^\d\d:\d\d$/)
    .optional(),
  timezone: z.string().optional(),
  placeholder,
  confirm: confirm.optional(),
});

export const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...common,
  initial_user: z.string().optional(),
  placeholder,
  confirm: confirm.optional(),
});

export const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...common,
  initial_users: items(z.string(), 100).optional(),
  max_selected_items: z.int().min(1).optional(),
  placeholder,
  confirm: confirm.optional(),
});

export const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...common,
    initial_value: z.string().max(3000, 'must be less than 3001 characters').optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    dispatch_action_config: dispatch.optional(),
    placeholder,
  })
  .refine((input) => (input.min_length ?? 0) <= (input.max_length ?? 3000), {
    message: '`min_length` must not exceed `max_length`',
    path: ['min_length'],
  });

export const numberInput = z.strictObject({
  type: z.literal('number_input'),
  ...common,
  is_decimal_allowed: z.boolean(),
  initial_value: z.string().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
  dispatch_action_config: dispatch.optional(),
  placeholder,
});

export const image = z.strictObject({
  type: z.literal('image'),
  image_url: chars(3000),
  alt_text: chars(2000),
});
