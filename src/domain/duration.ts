import { parse } from '@lukeed/ms';
import { z } from 'zod';

/** A length of time as people write it: `30s`, `15m`, `4h`, `2d`. */
export const Duration = z
  .string()
  .regex(/^\d+(s|m|h|d)$/, 'expected a duration such as 30s, 15m, 4h or 2d')
  .meta({ id: 'Duration', title: 'duration' });
export type Duration = z.infer<typeof Duration>;

/** Milliseconds in a duration. */
export function durationMs(duration: Duration): number {
  const ms = parse(Duration.parse(duration));
  if (ms === undefined) throw new RangeError(`${duration} is not a duration`);
  return ms;
}

/** An instant with an offset or Z, as ISO 8601 text. */
export const Instant = z.iso
  .datetime({ offset: true, error: 'expected an instant with an offset or Z, such as 2026-03-01T14:05Z' })
  .meta({ id: 'Instant', title: 'instant' });
export type Instant = z.infer<typeof Instant>;
