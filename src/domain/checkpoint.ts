import type { Json, JsonObject } from './json.ts';
import type { PlannedStep } from './plan.ts';

/** The step as people are asked it: with what earlier steps have given, once it has begun. */
export function asAsked<T extends Pick<PlannedStep, 'input' | 'later'>>(
  planned: T,
  { asked }: { asked: JsonObject | null },
): T {
  return asked === null ? planned : { ...planned, input: asked, later: {} };
}

/** What people are to do or look at, line by line; '' of a plan where an earlier step gives it. */
export function instructionsOf({ input }: Pick<PlannedStep, 'input'>): string {
  const instructions = typeof input.instructions === 'string' ? [input.instructions] : [];
  const items = Array.isArray(input.items) ? input.items.map(sayItem) : [];
  return [...instructions, ...items].join('\n');
}

/** `login: People can sign in (support-lead, within 1h)` */
function sayItem(item: Json): string {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) return '';
  const [id, text, owner, due] = [item.id, item.text, item.owner, item.due].map((value) => said(value));
  const who = [owner, due && `within ${due}`].filter(Boolean).join(', ');
  return `${id}: ${text}${who === '' ? '' : ` (${who})`}`;
}

function said(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The person or the role that a checkpoint is for; null where any responder is. */
export function whoOf({ input }: Pick<PlannedStep, 'input'>): string | null {
  return typeof input.who === 'string' ? input.who : null;
}
