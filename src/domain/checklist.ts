import { z } from 'zod';
import { Duration } from './duration.ts';
import type { PlannedStep } from './plan.ts';
import type { StepState } from './run.ts';

/** The action whose step is a list of things that people answer one by one. */
export const checklistAction = 'manual.checklist';

export const ChecklistItem = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'expected a lower-case name such as api or audit-log')
    .describe('By what it is answered: `/dr answer STEP api=done`.'),
  text: z
    .string()
    .min(1, 'expected what is to be done or looked at')
    .max(75, 'expected at most 75 characters, which Slack shows on one line: say more in instructions')
    .describe('What is to be done or looked at, on one line.'),
  owner: z.string().min(1).exactOptional().describe('A person or a role of muster.yml; without one any responder.'),
  due: Duration.exactOptional().describe('How long after the step began its owner is reminded, once.'),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

export type ItemAnswer = 'done' | 'declined';

/** An item as it stands. */
export interface ItemState {
  id: string;
  text: string;
  owner: string | null;
  dueAt: Date | null;
  answer: ItemAnswer | null;
  answeredBy: string | null;
  /** Why it was declined, or what was noted beside its tick. */
  reason: string | null;
  answeredAt: Date | null;
}

const Items = z.array(ChecklistItem);

export function isChecklist({ uses }: Pick<PlannedStep, 'uses'>): boolean {
  return uses === checklistAction;
}

/** The items of a planned checklist; none of any other step. */
export function itemsOf({ uses, input }: Pick<PlannedStep, 'uses' | 'input'>): ChecklistItem[] {
  return isChecklist({ uses }) ? (Items.safeParse(input.items).data ?? []) : [];
}

/** To the second: its owner is reminded in that instant. */
export function isOverdue({ answer, dueAt }: Pick<ItemState, 'answer' | 'dueAt'>, now: Date): boolean {
  return answer === null && dueAt !== null && dueAt <= now;
}

/** `2 of 6 answered; open: login, reports`. */
export function sayProgress(items: readonly Pick<ItemState, 'id' | 'answer'>[]): string {
  const open = items.filter(({ answer }) => answer === null).map(({ id }) => id);
  const answered = `${items.length - open.length} of ${items.length} answered`;
  return open.length === 0 ? answered : `${answered}; open: ${open.join(', ')}`;
}

/** What people answered, as the step's output. */
export const ChecklistOutput = z.strictObject({
  done: z
    .array(z.strictObject({ item: z.string(), by: z.string(), at: z.string() }))
    .describe('Items that were ticked, by whom and when.'),
  declined: z
    .array(z.strictObject({ item: z.string(), by: z.string(), at: z.string(), reason: z.string() }))
    .describe('Items that were declined, by whom, when and why: each is an exception of the run.'),
});
export type ChecklistOutput = z.infer<typeof ChecklistOutput>;

/** Null while an item is open, and where there is none: what was not asked was not answered. */
export function outputOf(items: readonly ItemState[]): ChecklistOutput | null {
  if (items.length === 0 || items.some(({ answer }) => answer === null)) return null;
  const said = (wanted: ItemAnswer) =>
    items
      .filter(({ answer }) => answer === wanted)
      .map(({ id, answeredBy, answeredAt, reason }) => ({
        item: id,
        by: answeredBy ?? '',
        at: answeredAt?.toISOString() ?? '',
        reason: reason ?? '',
      }));
  return { done: said('done').map(({ reason: _, ...one }) => one), declined: said('declined') };
}

/** Each item that somebody declined: its step is done, and what was not done is named. */
export function sayDeclined(steps: readonly StepState[]): string[] {
  return steps.flatMap(({ id, output }) => {
    const answered = ChecklistOutput.safeParse(output);
    const declined = answered.data?.declined ?? [];
    return declined.map(({ item, by, reason }) => `${id}: ${item} was declined by ${by}: ${reason.replace(/\.$/, '')}`);
  });
}
