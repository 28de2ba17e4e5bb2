import { DescribeTasksCommand, type DesiredStatus, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import type { KitContext } from '../kit/context.ts';
import { mapReading, type Reading, reading, stated } from '../kit/reading.ts';
import { nameService, type ServiceRef } from './service.ts';

/** As many as ECS lists or describes at once. */
export const atOnce = 100;

/**
 * The states of a service's tasks that have not stopped. Its counts leave out those that are on their way to STOPPED,
 * which still run and write until their stop time-out is over: so each task is looked at by itself.
 */
export async function readAlive(ref: ServiceRef, ctx: KitContext): Promise<Reading<string[]>> {
  const read = await readTaskStates(ref, ctx);
  return mapReading(read, (states) => states.filter((state) => state !== 'STOPPED'));
}

export function sayAlive(states: readonly string[]): string {
  const kinds = [...new Set(states)].map((kind) => `${states.filter((state) => state === kind).length} ${kind}`);
  return `no task counts as running, but these have not stopped and may write: ${kinds.join(', ')}`;
}

function readTaskStates(ref: ServiceRef, ctx: KitContext): Promise<Reading<string[]>> {
  return reading(`tasks of ${nameService(ref)}`, async () => {
    // Those that are to run come first: a task that is told to stop in between is then in the second list.
    const arns = [...new Set([...(await listTasks(ref, 'RUNNING', ctx)), ...(await listTasks(ref, 'STOPPED', ctx))])];
    const states: string[] = [];
    for (let from = 0; from < arns.length; from += atOnce) {
      const tasks = await describeTasks(ref, arns.slice(from, from + atOnce), ctx);
      states.push(...tasks.map(({ lastStatus }) => stated(lastStatus, 'the status of a task')));
    }
    return states;
  });
}

export async function listTasks(
  { region, cluster, service }: ServiceRef,
  desiredStatus: DesiredStatus,
  ctx: KitContext,
): Promise<string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const command = new ListTasksCommand({ cluster, serviceName: service, desiredStatus, nextToken });
    const page = await ctx.aws.ecs(region).send(command);
    arns.push(...stated(page.taskArns, 'the tasks'));
    nextToken = page.nextToken;
  } while (nextToken);
  return arns;
}

/** Every one that was asked for: what is not described may be in any state. */
export async function describeTasks(
  { region, cluster }: ServiceRef,
  tasks: string[],
  ctx: KitContext,
): Promise<Task[]> {
  const described = stated(
    (await ctx.aws.ecs(region).send(new DescribeTasksCommand({ cluster, tasks }))).tasks,
    'the tasks',
  );
  if (described.length === tasks.length) return described;
  throw new Error(`${described.length} of ${tasks.length} tasks were described`);
}
