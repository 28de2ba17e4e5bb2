import PQueue from 'p-queue';
import type { Clock } from '../../domain/ports/clock.ts';
import type { Purpose } from './aws.ts';
import type { ServiceName } from './clients.ts';

export type Limiters = (service: ServiceName, region: string, purpose: Purpose) => PQueue;

/** Requests a second. Route 53 allows five to a whole account; elsewhere this keeps clear of the usual throttles. */
const perSecond: Partial<Record<ServiceName, number>> = { route53: 5 };
const usual = 20;

/** One limiter for each service and Region of the account: plans and runs share it, for they share the quota. */
export function createLimiters(clock: Clock): Limiters {
  const limiters = new Map<string, PQueue>();
  return (service, region) => {
    const key = `${service} ${region}`;
    const limiter =
      limiters.get(key) ??
      new PQueue({
        concurrency: 10,
        intervalCap: perSecond[service] ?? usual,
        interval: Math.ceil(1_000 / clock.scale),
      });
    limiters.set(key, limiter);
    return limiter;
  };
}
