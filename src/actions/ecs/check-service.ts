import { z } from 'zod';
import { Duration, durationMs } from '../../domain/duration.ts';
import { judgeReading, notSeen, type Question } from '../kit/checks.ts';
import { defineRead } from '../kit/define.ts';
import { count, label, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { type FailedTask, readFailedTasks } from './failed-tasks.ts';
import { deployedBy, primaryOf } from './rollout.ts';
import { type CountedService, readService } from './service.ts';

const Input = z.strictObject({
  region,
  cluster: label.describe('Cluster name.'),
  service: label.describe('Service name.'),
  minimum: z
    .int('expected a whole number')
    .min(1, 'expected 1 or more')
    .default(1)
    .describe('Running tasks that are enough.'),
  quiet: Duration.default('5m')
    .refine((quiet) => durationMs(quiet) <= 3_600_000, 'expected at most 1h: ECS forgets a stopped task after that')
    .describe('No task may have failed for so long, at most 1h.'),
});

const Output = z.strictObject({
  running: count.describe('Tasks running.'),
  desired: count.describe('Tasks wanted.'),
  task_definition: z.string().describe('What they run, as family:revision.'),
});

export const checkService = defineRead({
  name: 'ecs.check-service',
  version: 1,
  summary: 'Wait until a service is steady: all tasks of one deployment running, and none failing',
  input: Input,
  output: Output,
  binds: ['service'],
  checks: ['the service answers'],
  iam: { read: ['ecs:DescribeServices', 'ecs:DescribeTasks', 'ecs:ListTasks'], effect: [] },
  plane: { kind: 'control', region: 'own' },
  defaultTimeout: '15m',
  async plan(input, ctx) {
    const question: Question = { id: 'exists', title: 'service answers', expected: 'an answer', carry: 'never' };
    const service = await readService(input, ctx);
    const name = `${input.cluster}/${input.service}`;
    return {
      target: null,
      before: {
        service: name,
        ...(service.ok ? { running: service.value.runningCount, task_definition: deployedBy(service.value) } : {}),
      },
      after: { service: name, running: `at least ${input.minimum}`, failing: `none for ${input.quiet}` },
      noChange: false,
      checks: [judgeReading(question, service, (found) => ({ pass: true, found: sayCounts(found) }))],
      estimateMs: usual.minute,
    };
  },
  async observe(input, ctx) {
    const since = new Date(ctx.clock.now().getTime() - durationMs(input.quiet));
    const [service, failed] = await Promise.all([readService(input, ctx), readFailedTasks(input, since, ctx)]);
    if (!service.ok && service.fault === 'not-found')
      return { state: 'failed', why: service.sentence, cause: service.fault };
    if (!service.ok) return notSeen(service, pace.service);
    if (!failed.ok) return notSeen(failed, pace.service);
    const open = whatIsOpen(service.value, input.minimum) ?? sayFailed(failed.value);
    if (open !== undefined) return { state: 'working', progress: open, againInMs: pace.service };
    const { runningCount: running, desiredCount: desired } = service.value;
    return { state: 'done', output: { running, desired, task_definition: deployedBy(service.value) } };
  },
});

/** What keeps a service from being steady; undefined where nothing does. */
function whatIsOpen(service: CountedService, minimum: number): string | undefined {
  const { status = 'no status', runningCount: running, desiredCount: desired, pendingCount: pending } = service;
  if (status !== 'ACTIVE') return `the service is ${status}`;
  if (running < minimum) return `${sayCounts(service)}, ${minimum} needed`;
  if (running !== desired || pending > 0) return sayCounts(service);
  const deployments = service.deployments?.length ?? 0;
  if (deployments !== 1) return `${deployments} deployments at once`;
  const state = primaryOf(service)?.rolloutState ?? 'not told';
  return state === 'COMPLETED' ? undefined : `the rollout of ${deployedBy(service)} is ${state}`;
}

function sayCounts({ runningCount: running, desiredCount: desired, pendingCount: pending }: CountedService): string {
  return `${running} of ${desired} running, ${pending} pending`;
}

function sayFailed([newest, ...others]: readonly FailedTask[]): string | undefined {
  if (newest === undefined) return undefined;
  return `${others.length + 1} tasks failed lately, the last at ${newest.at.toISOString()}: ${newest.why}`;
}
