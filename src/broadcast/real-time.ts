import type { Clock } from '../domain/ports/clock.ts';

/** Milliseconds of this clock that pass in `ms` real ones: far ends and people live in real time. A clock that stands
 * still counts as real. */
export function realMs(clock: Clock, ms: number): number {
  return ms * (clock.scale || 1);
}

export function inReal(clock: Clock, ms: number): Date {
  return new Date(clock.now().getTime() + realMs(clock, ms));
}
