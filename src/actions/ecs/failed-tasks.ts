import type { Task } from '@aws-sdk/client-ecs';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading } from '../kit/reading.ts';
import { nameService, type ServiceRef } from './service.ts';
import { atOnce, describeTasks, listTasks } from './stopped.ts';

/** Stops that somebody or the scheduler asked for; a task that stopped for another reason failed. */
const asked = ['ServiceSchedulerInitiated', 'UserInitiated', 'SpotInterruption', 'TerminationNotice'];
/** A scheduler also stops what does not answer its health checks. */
const unhealthy = /failed .*health checks/i;

export interface FailedTask {
  at: Date;
  why: string;
}

/** The tasks that failed since then, the newest first. ECS forgets a stopped task after about an hour. */
export function readFailedTasks(ref: ServiceRef, since: Date, ctx: KitContext): Promise<Reading<FailedTask[]>> {
  return reading(`stopped tasks of ${nameService(ref)}`, async () => {
    const arns = await listTasks(ref, 'STOPPED', ctx);
    const failed: FailedTask[] = [];
    for (let from = 0; from < arns.length; from += atOnce) {
      const tasks = await describeTasks(ref, arns.slice(from, from + atOnce), ctx);
      failed.push(...tasks.flatMap(failureOf).filter(({ at }) => at >= since));
    }
    return failed.sort((a, b) => b.at.getTime() - a.at.getTime());
  });
}

function failureOf({ stoppedAt, stopCode, stoppedReason: why = 'no reason given' }: Task): FailedTask[] {
  if (stoppedAt === undefined) return [];
  const failed = !asked.includes(stopCode ?? '') || unhealthy.test(why);
  return failed ? [{ at: stoppedAt, why }] : [];
}
