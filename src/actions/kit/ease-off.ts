import type PQueue from 'p-queue';
import type { Clock } from '../../domain/ports/clock.ts';
import type { FaultKind } from './fault.ts';

/** From 0 up to 1. */
export type Chance = () => number;

/** A limiter that listens to what its requests are answered. */
export interface Easing {
  /** Told of each answer: null where it was one, if only a refusal of what was asked. */
  answered(trouble: FaultKind | null): void;
  /** AWS throttles, and has not taken a request since. */
  isThrottled(): boolean;
}

/** How long nothing is sent, in milliseconds of the clock: doubled each time that it does not help. */
const pause = { first: 1_000, longest: 8_000 } as const;
/** So many requests in a row without an answer are no chance any more. */
const silences = 3;
const silent: readonly (FaultKind | null)[] = ['timed-out', 'unreachable', 'failed'];

/**
 * Whoever shares a limiter slows down together. Throttled, or where nothing is answered, they pause and then send one
 * request to see; the first answer lets all of them go on as before.
 */
export function easeOff(queue: PQueue, { clock, chance }: { clock: Clock; chance: Chance }): Easing {
  const usual = queue.concurrency;
  let pauses = 0;
  let unanswered = 0;
  let throttled = false;
  const slowDown = (): void => {
    queue.concurrency = 1;
    // What was under way when the pause began says nothing new.
    if (queue.isPaused) return;
    const ms = Math.min(pause.longest, pause.first * 2 ** pauses) * (0.5 + chance() / 2);
    pauses += 1;
    queue.pause();
    afterReal(clock.scale > 0 ? ms / clock.scale : ms, () => queue.start());
  };
  const goOn = (): void => {
    pauses = 0;
    unanswered = 0;
    queue.concurrency = usual;
  };
  return {
    isThrottled: () => throttled,
    answered(trouble) {
      throttled = trouble === 'throttled';
      if (throttled) return slowDown();
      if (!silent.includes(trouble)) return goOn();
      unanswered += 1;
      if (unanswered >= silences) slowDown();
    },
  };
}

/** In real time, as the limiter's own intervals: a clock that leaps stands still while requests wait here. */
function afterReal(ms: number, then: () => void): void {
  AbortSignal.timeout(Math.ceil(ms)).addEventListener('abort', then, { once: true });
}
