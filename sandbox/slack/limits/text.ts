import { z } from 'zod';

/** Text objects and sizes of Block Kit. Source: docs.slack.dev/reference/block-kit. */

export function chars(max: number, min = 1): z.ZodString {
  return z
    .string()
    .min(min, `must be more than ${min - 1} characters`)
    .max(max, `must be less than ${max + 1} characters`);
}

export function items<T extends z.ZodType>(item: T, max: number, min = 1): z.ZodArray<T> {
  return z.array(item).min(min, `no fewer than ${min} items allowed`).max(max, `no more than ${max} items allowed`);
}

export function plainText(max: number) {
  return z.strictObject({ type: z.literal('plain_text'), text: chars(max), emoji: z.boolean().optional() });
}

export function mrkdwn(max: number) {
  return z.strictObject({ type: z.literal('mrkdwn'), text: chars(max), verbatim: z.boolean().optional() });
}

export function anyText(max: number) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
}

export const blockId = chars(255);
export const actionId = chars(255);

export const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});
