import { z } from 'zod';

const Value = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_date_time: z.number().nullish(),
});

/** A form as it was sent; a field's block and action have one name. */
export const Form = z.object({
  id: z.string(),
  private_metadata: z.string(),
  blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), Value)) }),
});
export type Form = z.infer<typeof Form>;

export function readForm(view: unknown): Form {
  return Form.parse(view);
}

export function typedIn(form: Form, field: string): string {
  return entryOf(form, field)?.value ?? '';
}

export function chosenIn(form: Form, field: string): string | null {
  return entryOf(form, field)?.selected_option?.value ?? null;
}

export function allChosenIn(form: Form, field: string): string[] {
  return entryOf(form, field)?.selected_options?.map((each) => each.value) ?? [];
}

export function instantIn(form: Form, field: string): Date | null {
  const seconds = entryOf(form, field)?.selected_date_time;
  return typeof seconds === 'number' ? new Date(seconds * 1000) : null;
}

/** Fields whose name begins so, without that beginning. */
export function typedWithPrefix(form: Form, prefix: string): Record<string, string> {
  return Object.fromEntries(
    fieldsWithPrefix(form, prefix).map((field) => [field.slice(prefix.length), typedIn(form, field)]),
  );
}

export function fieldsWithPrefix(form: Form, prefix: string): string[] {
  return Object.keys(form.state.values).filter((field) => field.startsWith(prefix));
}

/** The block at which Slack shows a refusal of this field; the last input when the field has none. */
export function blockFor(form: Form, field: string | undefined): string | null {
  const inputs = form.blocks.filter((block) => block.type === 'input').flatMap((block) => block.block_id ?? []);
  const named =
    inputs.find((block) => block === field || block === `accept:${field}`) ??
    inputs.find((block) => block.startsWith(`${field}:`));
  return named ?? inputs.at(-1) ?? null;
}

function entryOf(form: Form, field: string): z.infer<typeof Value> | undefined {
  return form.state.values[field]?.[field];
}
