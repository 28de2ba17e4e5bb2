import { z } from 'zod';
import { count } from '../kit/fields.ts';

/** The range that autoscaling may move a service in, and which of its parts are suspended. */
export const Autoscaling = z.strictObject({
  min: count.describe('Fewest tasks.'),
  max: count.describe('Most tasks.'),
  suspended: z
    .strictObject({
      in: z.boolean().describe('Scaling in by policy is suspended.'),
      out: z.boolean().describe('Scaling out by policy is suspended.'),
      scheduled: z.boolean().describe('Scheduled actions are suspended.'),
    })
    .optional()
    .describe('Left as it is if absent.'),
});
export type Autoscaling = z.output<typeof Autoscaling>;

/** What stops autoscaling whatever its range is. */
export const suspendedWhole = { in: true, out: true, scheduled: true } as const;

/**
 * Holds a service at a count. At zero the range is closed and everything suspended: a closed range alone could be
 * opened by a scheduled action. Above zero only scaling in stops, for load may still call for more tasks.
 */
export function holdAt(target: number, now: Autoscaling): Autoscaling {
  if (target === 0) return { min: 0, max: 0, suspended: suspendedWhole };
  return { min: target, max: Math.max(target, now.max), suspended: { in: false, out: false, scheduled: true } };
}

/** Whether the range is as wanted; a suspension counts where the service reports one. */
export function isHeld(now: Autoscaling, wanted: Autoscaling): boolean {
  const { suspended: has } = now;
  const { suspended: want } = wanted;
  const same = !has || !want || (has.in === want.in && has.out === want.out && has.scheduled === want.scheduled);
  return now.min === wanted.min && now.max === wanted.max && same;
}

export function describeRange(range: Autoscaling | null): string {
  if (range === null) return 'none';
  const { in: into, out, scheduled } = range.suspended ?? {};
  const stopped = [into && 'in', out && 'out', scheduled && 'scheduled'].filter((part) => typeof part === 'string');
  return `${range.min} to ${range.max}${stopped.length > 0 ? `, suspended: ${stopped.join(', ')}` : ''}`;
}
