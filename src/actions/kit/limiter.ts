import PQueue from 'p-queue';
import type { Clock } from '../../domain/ports/clock.ts';
import type { Purpose } from './aws.ts';
import type { ServiceName } from './clients.ts';
import { isEffect } from './permissions.ts';

interface Request {
  service: ServiceName;
  region: string;
  purpose: Purpose;
  /** `DescribeServices`. */
  command: string;
}

export type Limiters = (request: Request) => PQueue;

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

/** Plans and runs share what is counted for the whole service, for they share the quota; readings of a plan may burst. */
export function createLimiters(clock: Clock): Limiters {
  const limiters = new Map<string, PQueue>();
  const scaled = (ms: number): number => Math.ceil(ms / clock.scale);
  return ({ service, region, purpose, command }) => {
    const bursts = purpose === 'plan' && perSecond[service] === undefined && !isEffect(command);
    const key = bursts ? `${service} ${region} ${command}` : `${service} ${region}`;
    const limiter =
      limiters.get(key) ??
      (bursts
        ? new PQueue({
            concurrency: burst.requests,
            intervalCap: burst.requests,
            interval: scaled(burst.ms),
            strict: true,
          })
        : new PQueue({ concurrency: 10, intervalCap: perSecond[service] ?? usual, interval: scaled(1_000) }));
    limiters.set(key, limiter);
    return limiter;
  };
}
