import { z } from 'zod';
import { anyText, chars, items, plainText } from './text.ts';

export const option = z.strictObject({
  text: plainText(75),
  value: chars(150),
  description: plainText(75).optional(),
});

/** Checkboxes and radio buttons may use mrkdwn where menus may not. */
export const richOption = z.strictObject({
  text: anyText(75),
  value: chars(150),
  description: anyText(75).optional(),
});

export const overflowOption = option.extend({ url: chars(3000).optional() });

export const optionGroup = z.strictObject({ label: plainText(75), options: items(option, 100) });

interface Chooser {
  options?: unknown[] | undefined;
  option_groups?: { options: unknown[] }[] | undefined;
  initial_option?: unknown;
  initial_options?: unknown[] | undefined;
}

/** One of options and option_groups, and whatever is chosen at first is offered, letter for letter. */
export function checkChooser(chooser: Chooser, context: z.core.$RefinementCtx): void {
  if ((chooser.options === undefined) === (chooser.option_groups === undefined)) {
    context.addIssue({ code: 'custom', message: 'must define either `options` or `option_groups`', path: ['options'] });
    return;
  }
  const offered = (chooser.options ?? chooser.option_groups?.flatMap((group) => group.options) ?? []).map(shape);
  const chosen = chooser.initial_options ?? (chooser.initial_option === undefined ? [] : [chooser.initial_option]);
  const path = [chooser.initial_options ? 'initial_options' : 'initial_option'];
  for (const one of chosen) {
    if (offered.includes(shape(one))) continue;
    context.addIssue({ code: 'custom', message: 'must exactly match one of the provided options', path });
  }
}

function shape(value: unknown): string {
  const parsed = richOption.safeParse(value);
  if (!parsed.success) return JSON.stringify(value);
  const { text, value: chosen, description } = parsed.data;
  return JSON.stringify([text.type, text.text, chosen, description?.text]);
}
