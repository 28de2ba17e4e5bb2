import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type TargetGroup,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { judgeReading, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead } from '../kit/define.ts';
import { count, label, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';

const Input = z.strictObject({
  region,
  target_group: label.describe('Target group, by name or ARN.'),
  minimum: z.int('expected a whole number').min(1, 'expected 1 or more').describe('Healthy targets that are enough.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  healthy: count.describe('Targets that are healthy.'),
  total: count.describe('Targets that are registered and not draining.'),
});

export const checkTargets = defineRead({
  name: 'elb.check-targets',
  version: 1,
  summary: 'Wait until a load balancer finds enough targets healthy',
  input: Input,
  output: Output,
  binds: ['target_group'],
  checks: ['the target group exists'],
  iam: {
    read: ['elasticloadbalancing:DescribeTargetGroups', 'elasticloadbalancing:DescribeTargetHealth'],
    effect: [],
  },
  plane: { kind: 'control', region: 'own' },
  defaultTimeout: '10m',
  async plan(input, ctx) {
    const exists: Question = { id: 'exists', title: 'target group exists', expected: 'an answer', carry: 'never' };
    const group = await readGroup(input, ctx);
    return {
      target: null,
      before: { target_group: input.target_group },
      after: { target_group: input.target_group, healthy: `at least ${input.minimum}` },
      noChange: false,
      checks: [judgeReading(exists, group, ({ TargetGroupName: name = '' }) => ({ pass: true, found: name }))],
      estimateMs: usual.minute,
    };
  },
  async observe(input, ctx) {
    const group = await readGroup(input, ctx);
    if (!group.ok && group.fault === 'not-found') return { state: 'failed', why: group.sentence, cause: group.fault };
    if (!group.ok) return notSeen(group, pace.service);
    const targets = await readTargets(input, group.value, ctx);
    if (!targets.ok) return notSeen(targets, pace.service);
    const { healthy, total, progress } = tally(targets.value);
    if (healthy >= input.minimum) return { state: 'done', output: { healthy, total } };
    return { state: 'working', progress: `${progress}, ${input.minimum} wanted`, againInMs: pace.service };
  },
});

function readGroup({ region: home, target_group: group }: In, ctx: KitContext): Promise<Reading<TargetGroup>> {
  return reading(`target group ${group} in ${home}`, async () => {
    const by = group.startsWith('arn:') ? { TargetGroupArns: [group] } : { Names: [group] };
    const { TargetGroups } = await ctx.aws.elb(home).send(new DescribeTargetGroupsCommand(by));
    const [found] = stated(TargetGroups, 'the target groups');
    if (!found) throw Object.assign(new Error('no such target group'), { name: 'TargetGroupNotFound' });
    stated(found.TargetGroupArn, 'an ARN');
    return found;
  });
}

function readTargets(input: In, group: TargetGroup, ctx: KitContext): Promise<Reading<TargetHealthDescription[]>> {
  return reading(`target health of ${input.target_group} in ${input.region}`, async () => {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: group.TargetGroupArn });
    const { TargetHealthDescriptions } = await ctx.aws.elb(input.region).send(command);
    const targets = stated(TargetHealthDescriptions, 'the targets');
    for (const { TargetHealth: health } of targets) stated(health?.State, "a target's state");
    return targets;
  });
}

function tally(targets: readonly TargetHealthDescription[]): { healthy: number; total: number; progress: string } {
  const states = targets
    .map(({ TargetHealth: health }) => health?.State ?? 'unknown')
    .filter((state) => state !== 'draining');
  const healthy = states.filter((state) => state === 'healthy').length;
  const others = [...new Set(states)].filter((state) => state !== 'healthy');
  const parts = others.map((state) => `${states.filter((other) => other === state).length} ${state}`);
  return { healthy, total: states.length, progress: [`${healthy} of ${states.length} healthy`, ...parts].join(', ') };
}
