import { parse } from '@lukeed/ms';
import { z } from 'zod';

/** A length of time as people write it: `30s`, `15m`, `4h`, `2d`. */
export const Duration = z
  .string()
  .regex(/^\d+(s|m|h|d)$/, 'expected a duration such as 30s, 15m, 4h or 2d')
  .meta({ id: 'Duration', title: 'duration' });
export type Duration = z.infer<typeof Duration>;

/** A pause that people are owed between words: a minute or longer. */
export const Pause = z
  .string()
  .regex(/^(0*([6-9]\d|[1-9]\d{2,})s|0*[1-9]\d*[mhd])$/, 'expected a minute or longer, such as 1m, 90s, 15m, 4h or 2d')
  .meta({ id: 'Pause', title: 'duration of a minute or longer' });

/** Milliseconds in a duration. */
export function durationMs(duration: Duration): number {
  // Of what a duration may be, the parser knows all but none at all: `0m`.
  return parse(Duration.parse(duration)) ?? 0;
}

/** An instant with an offset or Z, as ISO 8601 text, to the minute or finer. */
export const Instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })], {
    error: 'expected an instant with an offset or Z, such as 2026-03-01T14:05Z',
  })
  .meta({ id: 'Instant', title: 'instant' });
export type Instant = z.infer<typeof Instant>;
