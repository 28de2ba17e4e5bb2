import { z } from 'zod';

const Segment = z.strictObject({
  /** Real time at which this pace began, in milliseconds since 1970. */
  real: z.number().finite(),
  /** What the clock showed then, in milliseconds since 1970. */
  shown: z.number().finite(),
  /** Clock milliseconds in one real millisecond; 0 is a pause. */
  scale: z.number().finite().min(0),
});

/** Ties a scaled clock to real time, so that several processes, and a restarted one, show the same time. */
export const ClockAnchor = z.strictObject({ segments: z.array(Segment).min(1) });
export type ClockAnchor = z.infer<typeof ClockAnchor>;
export type ClockSegment = z.infer<typeof Segment>;

/** The pace in force at a real time: the last one begun by then. */
export function segmentAt(anchor: ClockAnchor, real: number): ClockSegment {
  const begun = anchor.segments.findLast((segment) => segment.real <= real);
  const first = anchor.segments[0];
  if (begun) return begun;
  if (first) return first;
  throw new Error('A clock anchor needs at least one segment and found none.');
}

export function shownAt(anchor: ClockAnchor, real: number): number {
  const segment = segmentAt(anchor, real);
  return segment.shown + Math.max(0, real - segment.real) * segment.scale;
}

/** The same history with a new pace from `real` on; what was shown before stays as it was. */
export function changePace(anchor: ClockAnchor, real: number, scale: number): ClockAnchor {
  const segment = { real, shown: shownAt(anchor, real), scale };
  return ClockAnchor.parse({ segments: [...anchor.segments.filter((past) => past.real < real), segment] });
}
