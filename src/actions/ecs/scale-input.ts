import { z } from 'zod';
import { count, instant, label, region } from '../kit/fields.ts';
import { Autoscaling, holdAt } from './autoscaling.ts';

export const ScaleInput = z.strictObject({
  region,
  cluster: label.describe('Cluster name.'),
  service: label.describe('Service name.'),
  count: count.describe('Tasks to run; 0 stops the service and keeps it stopped.'),
  minimum: count.optional().describe('Running tasks that are enough to go on; all of them if absent.'),
  hold_autoscaling: z.boolean().default(true).describe('Keep autoscaling from undoing it.'),
  autoscaling: Autoscaling.nullable()
    .optional()
    .describe('A range to set instead of holding, as it was captured; null if there was none.'),
});
export type ScaleInput = z.output<typeof ScaleInput>;

export const ScaleOutput = z.strictObject({
  running: count.describe('Tasks running.'),
  count: count.describe('Tasks wanted.'),
});

export const ScaleCaptured = z.strictObject({
  at: instant,
  count: count.describe('Desired count before.'),
  autoscaling: Autoscaling.nullable()
    .or(z.literal('unknown'))
    .describe('Range before; null when nothing scales the service, unknown when it could not be read.'),
});

export const ScaleReceipt = z.strictObject({
  at: instant.describe('Just before the effect: older events are not its doing.'),
  deployment: z.string().nullable(),
});

export function enough({ count: all, minimum }: ScaleInput): number {
  return Math.min(minimum ?? all, all);
}

/** The range to set, or null to leave autoscaling alone. */
export function wantedRange(input: ScaleInput, now: Autoscaling | null): Autoscaling | null {
  if (input.autoscaling !== undefined) return input.autoscaling;
  return input.hold_autoscaling && now !== null ? holdAt(input.count, now) : null;
}
