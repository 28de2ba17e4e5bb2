import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judge, judgeReading, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { instant, label, region } from '../kit/fields.ts';
import { usual } from '../kit/pace.ts';
import { mapReading, need, type Reading, stated } from '../kit/reading.ts';
import { readRevision, revisionName, usable } from './definition.ts';
import { readHistory } from './history.ts';
import {
  checkDeployable,
  deploy,
  deployedBy,
  isDeployed,
  observeRollout,
  primaryOf,
  RolloutOutput,
  RolloutReceipt,
} from './rollout.ts';
import { type CountedService, nameService, readService } from './service.ts';
import { type WayBack, wayBack } from './way-back.ts';

const Input = z.strictObject({
  region,
  cluster: label.describe('Cluster name.'),
  service: label.describe('Service name.'),
  task_definition: revisionName
    .optional()
    .describe('Revision to go back to; the one before the present whose deployment succeeded, if absent.'),
});
type In = z.output<typeof Input>;

const Captured = z.strictObject({
  at: instant,
  task_definition: revisionName.describe('What was deployed before.'),
  deployment: z.string(),
  back_to: revisionName,
});

export const rollBack = defineEffect({
  name: 'ecs.roll-back',
  version: 1,
  summary: 'Go back to the revision of a service that last worked',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: RolloutOutput,
  captured: Captured,
  receipt: RolloutReceipt,
  binds: ['task_definition'],
  checks: [
    'the service answers, is active, and ECS rolls out its deployments',
    'there is a revision to go back to: ECS keeps the deployments of ninety days',
    'that revision is active; whether its image still exists shows when its tasks start',
  ],
  iam: {
    read: [
      'ecs:DescribeServices',
      'ecs:DescribeTaskDefinition',
      'ecs:ListServiceDeployments',
      'ecs:DescribeServiceRevisions',
    ],
    effect: ['ecs:UpdateService'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: true, how: 'Deploys the revision again that was there before.' },
  defaultTimeout: '20m',
  async plan(input, ctx) {
    const service = await readService(input, ctx);
    const way = service.ok ? await readWayBack(input, service.value, ctx) : null;
    const to = way?.ok ? way.value.to : undefined;
    const revision = to === undefined ? null : await readRevision(input.region, to, ctx);
    return {
      target: { region: input.region, resource: `ecs:${input.cluster}/${input.service}` },
      before: service.ok ? stateOf(service.value) : {},
      after: to === undefined ? {} : { task_definition: to },
      noChange: service.ok && revision?.ok === true && to !== undefined && isDeployed(service.value, to),
      checks: [
        ...checkDeployable(service),
        ...(way ? [checkWay(way)] : []),
        ...(revision ? [judgeReading(usableQuestion, usable(revision), (verdict) => verdict)] : []),
      ],
      estimateMs: usual.minutes,
    };
  },
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const service = need(await readService(input, ctx));
    const deployment = stated(primaryOf(service)?.id, 'the present deployment');
    const { to } = need(await readWayBack(input, service, ctx));
    if (to === undefined) throw new Error(`There is no revision of ${input.service} to go back to: name one.`);
    return { at, task_definition: deployedBy(service), deployment, back_to: to };
  },
  async apply(input, { captured }, ctx) {
    const { back_to: taskDefinition, task_definition: present, at, deployment } = captured;
    await deploy(input, { taskDefinition, force: taskDefinition === present }, ctx);
    return { at, task_definition: taskDefinition, replaces: deployment };
  },
  async lookup(input, { captured }, ctx) {
    const service = await readService(input, ctx);
    if (!service.ok) return unknowable(service);
    const { back_to: to, at, deployment } = captured;
    const present = primaryOf(service.value)?.id;
    if (!present) return { happened: 'unknowable', why: `${nameService(input)} names no deployment.` };
    if (present === deployment) return { happened: false };
    const receipt = { at, task_definition: to, replaces: deployment };
    if (deployedBy(service.value) === to) return { happened: true, receipt };
    const past = await readHistory(input, ctx, new Date(at));
    if (!past.ok) return unknowable(past);
    return past.value.some((one) => one.taskDefinition === to) ? { happened: true, receipt } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString(), task_definition: null, replaces: null }),
  observe: observeRollout,
  restore: ({ region: home, cluster, service }, captured) => ({
    ...{ region: home, cluster, service },
    task_definition: captured.task_definition,
  }),
});

const usableQuestion: Question = {
  id: 'revision',
  title: 'revision can be deployed',
  expected: 'an active revision',
  carry: 'never',
};

/** A named revision needs no history; otherwise the deployments tell. */
async function readWayBack(input: In, service: CountedService, ctx: KitContext): Promise<Reading<WayBack>> {
  const named = input.task_definition;
  if (named !== undefined) return { ok: true, value: { to: named, why: `${named} was named` } };
  if (!service.taskDefinition)
    return { ok: false, fault: 'failed', sentence: `${nameService(input)} does not say what it runs.` };
  return mapReading(await readHistory(input, ctx), (past) => wayBack(deployedBy(service), past));
}

function stateOf(service: CountedService) {
  return {
    task_definition: deployedBy(service),
    desired: service.desiredCount,
    running: service.runningCount,
  };
}

function checkWay(way: Reading<WayBack>): Check {
  const expected = 'an earlier revision whose deployment succeeded';
  const question: Question = { id: 'earlier', title: 'there is a way back', expected, carry: 'never' };
  if (!way.ok) return judgeReading(question, way, () => ({ pass: false, found: '' }));
  return judge(question, way.value.to !== undefined, way.value.why);
}
