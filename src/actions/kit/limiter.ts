import PQueue from 'p-queue';
import type { Clock } from '../../domain/ports/clock.ts';
import type { Purpose } from './aws.ts';
import type { ServiceName } from './clients.ts';
import { type Chance, type Easing, easeOff } from './ease-off.ts';
import { isEffect } from './permissions.ts';

interface Request {
  service: ServiceName;
  region: string;
  purpose: Purpose;
  /** `DescribeServices`. */
  command: string;
}

export interface Limiter extends Easing {
  queue: PQueue;
}

export type Limiters = (request: Request) => Limiter;

/**
 * Requests a second that are documented for everything that is asked of a service: Route 53 allows five to a whole account,
 * Lambda's control plane fifteen in a Region. Elsewhere `usual` keeps clear of the throttles of what a run asks again and again.
 */
const perSecond: Partial<Record<ServiceName, number>> = { route53: 5, lambda: 15 };
const usual = 20;

/**
 * Where a service counts each operation by itself, as EC2 and ECS do, it takes a burst and then twenty a second; the
 * smallest burst that is documented is fifty. A plan takes forty, and leaves the rest to a run that is under way.
 */
const burst = { requests: 40, ms: 2_000 } as const;

/**
 * The limiters of one account, one for each service and Region. Plans and runs share what is counted for the whole service,
 * for they share the quota; readings of a plan may burst. Without `chance`, pauses have no jitter.
 */
export function createLimiters(clock: Clock, chance: Chance = () => 1): Limiters {
  const limiters = new Map<string, Limiter>();
  return (request) => {
    const { service, region, purpose, command } = request;
    const bursts = purpose === 'plan' && perSecond[service] === undefined && !isEffect(command);
    // Another pace is another interval.
    const key = [clock.scale, service, region, bursts ? command : ''].join(' ');
    const limiter = limiters.get(key) ?? makeLimiter(bursts ? burstQueue(clock) : usualQueue(clock, service));
    limiters.set(key, limiter);
    return limiter;
  };

  function makeLimiter(queue: PQueue): Limiter {
    return { queue, ...easeOff(queue, { clock, chance }) };
  }
}

function usualQueue(clock: Clock, service: ServiceName): PQueue {
  return new PQueue({ concurrency: 10, intervalCap: perSecond[service] ?? usual, interval: scaled(clock, 1_000) });
}

function burstQueue(clock: Clock): PQueue {
  const { requests, ms } = burst;
  return new PQueue({ concurrency: requests, intervalCap: requests, interval: scaled(clock, ms), strict: true });
}

/** In real milliseconds; while the clock is paused as if it ran at its usual pace, for what is asked then is answered. */
function scaled({ scale }: Clock, ms: number): number {
  return Math.ceil(ms / (scale || 1));
}
