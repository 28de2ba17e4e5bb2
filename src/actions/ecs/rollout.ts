import { type Deployment, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judge, judgeReading, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Observed } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { count, instant } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { shortName } from './definition.ts';
import { type CountedService, nameService, readService, type ServiceRef } from './service.ts';

export const RolloutOutput = z.strictObject({
  task_definition: z.string().describe('What it runs now, as family:revision.'),
  running: count.describe('Tasks running.'),
});

export const RolloutReceipt = z.strictObject({
  at: instant,
  task_definition: z.string().nullable().describe('What was deployed; null if it was so already.'),
  replaces: z.string().nullable().describe('The deployment before it.'),
});
type Receipt = z.output<typeof RolloutReceipt>;

export function primaryOf(service: CountedService): Deployment | undefined {
  return service.deployments?.find(({ status }) => status === 'PRIMARY');
}

/** What a service was last told to run, as `app:7`. */
export function deployedBy(service: CountedService): string {
  return shortName(service.taskDefinition ?? 'no task definition');
}

/** Nothing of this revision is left to do: it is what the service runs, or is on its way to. */
export function isDeployed(service: CountedService, name: string): boolean {
  const primary = primaryOf(service);
  return shortName(primary?.taskDefinition ?? '') === name && primary?.rolloutState !== 'FAILED';
}

/** Begins a deployment; `force` begins one of what is there already. Source: UpdateService has no client token. */
export async function deploy(
  ref: ServiceRef,
  what: { taskDefinition: string; force: boolean },
  ctx: KitContext,
): Promise<void> {
  const { region, cluster, service } = ref;
  const { taskDefinition, force } = what;
  const command = new UpdateServiceCommand({
    cluster,
    service,
    taskDefinition,
    ...(force ? { forceNewDeployment: true } : {}),
  });
  await effect(`Deployment of ${taskDefinition} to ${nameService(ref)}`, () => ctx.aws.ecs(region).send(command));
}

export async function observeRollout(
  ref: ServiceRef,
  receipt: Receipt,
  ctx: KitContext,
): Promise<Observed<z.output<typeof RolloutOutput>>> {
  const read = await readService(ref, ctx);
  if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
  return read.ok ? seenOf(ref, read.value, receipt) : notSeen(read, pace.service);
}

/**
 * A deployment that another has taken the place of did not succeed, however steady the service is: the circuit breaker's
 * roll-back leaves one completed deployment with all its tasks running, of the old revision.
 */
function seenOf(ref: ServiceRef, service: CountedService, receipt: Receipt): Observed<z.output<typeof RolloutOutput>> {
  const primary = primaryOf(service);
  const name = shortName(primary?.taskDefinition ?? '');
  if (!primary || name === '') {
    return { state: 'unknown', why: `${nameService(ref)} names no deployment.`, againInMs: pace.service };
  }
  if (receipt.task_definition !== null && primary.id !== receipt.replaces && name !== receipt.task_definition) {
    return { state: 'failed', why: sayReplaced(ref, service, receipt.task_definition, name) };
  }
  if (primary.rolloutState === 'FAILED') {
    return { state: 'failed', why: `Deployment of ${name} to ${nameService(ref)} failed: ${reasonOf(primary)}.` };
  }
  if (primary.rolloutState === undefined) {
    return { state: 'unknown', why: `${nameService(ref)} tells no state of its rollout.`, againInMs: pace.service };
  }
  const { runningCount: running, desiredCount: desired } = service;
  const others = (service.deployments?.length ?? 0) - 1;
  if (primary.id === receipt.replaces) return waiting('the deployment has not begun');
  if (primary.rolloutState === 'COMPLETED' && running >= desired && others === 0) {
    return { state: 'done', output: { task_definition: name, running } };
  }
  return waiting(progressOf(primary, service));
}

function waiting(progress: string): Observed<never> {
  return { state: 'working', progress, againInMs: pace.service };
}

function sayReplaced(ref: ServiceRef, service: CountedService, wanted: string, now: string): string {
  const own = service.deployments?.find(({ taskDefinition }) => shortName(taskDefinition ?? '') === wanted);
  const why = own?.rolloutState === 'FAILED' ? ` It failed: ${reasonOf(own)}.` : '';
  return `${nameService(ref)} no longer deploys ${wanted}: it was rolled back or overtaken, and deploys ${now}.${why}`;
}

function reasonOf({ rolloutStateReason: reason }: Deployment): string {
  return reason?.replace(/\.$/, '') ?? 'ECS gives no reason';
}

function progressOf(primary: Deployment, service: CountedService): string {
  const { runningCount: running = 0, desiredCount: desired = 0, failedTasks: failed = 0 } = primary;
  const name = shortName(primary.taskDefinition ?? '');
  const old = service.runningCount - running;
  const rest = [old > 0 ? `${old} of before still running` : '', failed > 0 ? `${failed} failed` : ''].filter(Boolean);
  return [`${running} of ${desired} running of ${name}`, ...rest].join(', ');
}

/** What must be so before any deployment: the service answers, is active, and ECS itself rolls it out. */
export function checkDeployable(read: Reading<CountedService>): Check[] {
  const reachable: Question = { id: 'reachable', title: 'service answers', expected: 'an answer', carry: 'never' };
  if (!read.ok) return [judgeReading(reachable, read, () => ({ pass: false, found: '' }))];
  const active: Question = { id: 'active', title: 'service is active', expected: 'ACTIVE', carry: 'never' };
  const rolling: Question = {
    id: 'controller',
    title: 'ECS rolls it out',
    expected: 'rolling deployments of ECS',
    carry: 'never',
  };
  const { status = 'no status', deploymentController: controller } = read.value;
  const type = controller?.type ?? 'ECS';
  return [
    judge(reachable, true, 'it answered'),
    judge(active, status === 'ACTIVE', status),
    judge(rolling, type === 'ECS', type),
  ];
}
