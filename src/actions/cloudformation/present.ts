import { createHash } from 'node:crypto';
import type { Stack } from '@aws-sdk/client-cloudformation';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading } from '../kit/reading.ts';
import { readStack, readSummary, readTemplate, type StackPlace, type Summary } from './stack.ts';
import type { DeployInput } from './stack-input.ts';

/** A stack as it is, and the template that it is to have. */
export interface Present {
  place: StackPlace;
  stack: Reading<Stack | undefined>;
  /** Undefined where there is no stack. */
  template: Reading<string | undefined>;
  wanted: Reading<string>;
  /** What the wanted template declares. */
  summary: Reading<Summary>;
  /** What the present template declares; undefined where there is none. */
  former: Reading<Summary | undefined>;
}

export async function readPresent(input: DeployInput, place: StackPlace, ctx: KitContext): Promise<Present> {
  const [stack, file] = await Promise.all([readStack(place, ctx), readFile(input, ctx)]);
  const isThere = stack.ok && stack.value !== undefined;
  const template: Reading<string | undefined> = isThere ? await readTemplate(place, ctx) : noTemplate(stack);
  const wanted = file ?? (await keep(template));
  const { region } = place;
  const former: Promise<Reading<Summary | undefined>> = isThere
    ? readSummary(region, { StackName: place.stack }, ctx)
    : Promise.resolve(noTemplate(stack));
  const summary = wanted.ok ? readSummary(region, { TemplateBody: wanted.value }, ctx) : Promise.resolve(wanted);
  return { place, stack, template, wanted, summary: await summary, former: await former };
}

function noTemplate(stack: Reading<Stack | undefined>): Reading<undefined> {
  return stack.ok ? { ok: true, value: undefined } : stack;
}

/** The text that the step brings; undefined where the stack keeps its own. */
async function readFile({ template, body }: DeployInput, ctx: KitContext): Promise<Reading<string> | undefined> {
  if (body !== undefined) return { ok: true, value: body };
  return template === undefined ? undefined : reading(`template ${template}`, () => ctx.home.read(template));
}

async function keep(template: Reading<string | undefined>): Promise<Reading<string>> {
  if (!template.ok) return template;
  if (template.value !== undefined) return { ok: true, value: template.value };
  const sentence = 'There is neither a stack nor a template: name the file of a template.';
  return { ok: false, fault: 'not-found', sentence };
}

/** Twelve digits that tell one text from another. */
export function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
