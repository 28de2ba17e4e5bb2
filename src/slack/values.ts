import { z } from 'zod';
import { audiences } from '../domain/audience.ts';
import { Mode } from '../domain/command.ts';
import { phases } from '../domain/incident.ts';
import { componentStatuses, publicStatuses } from '../domain/notice.ts';

/** What a button or a form carries to say what it is about; read back through zod, as everything from outside. */

export const act = {
  approve: 'consent.approve',
  breakGlass: 'consent.break-glass',
  pause: 'run.pause',
  resume: 'run.resume',
  abort: 'run.abort',
  undo: 'run.undo',
  retry: 'step.retry',
  skip: 'step.skip',
  defer: 'step.defer',
  done: 'step.done',
  failed: 'step.failed',
  checklist: 'step.checklist',
  publish: 'public.publish',
  resolve: 'incident.resolve',
  close: 'incident.close',
  mode: 'form.mode',
  incident: 'form.incident',
  acknowledge: 'incident.acknowledge',
  update: 'incident.update',
  posted: 'public.posted',
  editDraft: 'draft.edit',
  sendDraft: 'draft.send',
  snooze: 'draft.snooze',
  back: 'update.back',
  reviewed: 'review.done',
  begin: 'schedule.begin',
  decline: 'schedule.decline',
} as const;

export const form = {
  declare: 'declare',
  command: 'command',
  declareFirst: 'command-declare',
  breakGlass: 'break-glass',
  skip: 'skip',
  defer: 'defer',
  failed: 'failed',
  checklist: 'checklist',
  publish: 'publish',
  update: 'update',
  preview: 'update-preview',
  declineSchedule: 'schedule-decline',
  none: 'none',
} as const;

export const ButtonValue = z.object({
  incidentId: z.number().int().optional(),
  runId: z.string().optional(),
  step: z.string().optional(),
  code: z.string().optional(),
  round: z.number().int().optional(),
  reviewId: z.string().optional(),
  broadcastId: z.string().optional(),
  occurrenceId: z.string().optional(),
});
export type ButtonValue = z.infer<typeof ButtonValue>;

/** Where a form was opened from, so that its outcome can be told to the person who asked. */
export const Origin = z.object({ channel: z.string().nullable(), respondTo: z.string().nullable() });
export type Origin = z.infer<typeof Origin>;

export const AskMeta = Origin.extend({ about: ButtonValue });
export type AskMeta = z.infer<typeof AskMeta>;

/** A command's form from its opening to its submission. */
export const CommandMeta = Origin.extend({
  command: z.string(),
  inputs: z.record(z.string(), z.string()),
  mode: Mode.nullable(),
  /** False for `/dr plan`: it shows, and asks nothing. */
  question: z.boolean(),
  incidentId: z.number().int().nullable(),
  planId: z.string().nullable(),
  /** The run that is to be undone. */
  undoes: z.string().nullable(),
});
export type CommandMeta = z.infer<typeof CommandMeta>;

export const ComponentState = z.enum(componentStatuses);

/** What was chosen in the update editor. The words themselves may be longer than metadata: they stay in their fields. */
export const UpdateChoice = z.object({
  audiences: z.array(z.enum(audiences)),
  page: z
    .object({
      status: z.enum(publicStatuses),
      notify: z.boolean(),
      components: z.record(z.string(), ComponentState),
      /** One state for all components, where there are too many to choose each. */
      all: ComponentState.nullable(),
    })
    .nullable(),
});
export type UpdateChoice = z.infer<typeof UpdateChoice>;

const Standing = z.object({
  phase: z.enum(phases),
  page: z.enum(publicStatuses).nullable(),
  run: z.string().nullable(),
  words: z.string(),
});

/** The update editor; and its preview, which knows what was chosen, by which words it was made and how things stood then. */
export const UpdateMeta = Origin.extend({
  incidentId: z.number().int(),
  previewed: UpdateChoice.extend({ words: z.string(), standing: Standing.nullable() }).nullable(),
});
export type UpdateMeta = z.infer<typeof UpdateMeta>;

export function encode(value: ButtonValue | Origin): string {
  return JSON.stringify(value);
}

/** Null for anything that this version did not write. */
export function decode<T>(schema: z.ZodType<T>, text: string | undefined): T | null {
  try {
    return schema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
