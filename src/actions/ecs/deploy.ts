import { ListTaskDefinitionsCommand } from '@aws-sdk/client-ecs';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { need, reading, stated } from '../kit/reading.ts';
import { type Change, changeContainer, chooseContainer, isChanged } from './change.ts';
import { familyOf, isRegisteredBy, numberOf, type Revision, readRevision, register, shortName } from './definition.ts';
import { changeOf, DeployCaptured, DeployInput } from './deploy-input.ts';
import { lookupDeploy } from './deploy-lookup.ts';
import { planDeploy } from './deploy-plan.ts';
import {
  deploy as beginRollout,
  deployedBy,
  observeRollout,
  primaryOf,
  RolloutOutput,
  RolloutReceipt,
} from './rollout.ts';
import { readService } from './service.ts';

export const deploy = defineEffect({
  name: 'ecs.deploy',
  version: 1,
  summary: 'Deploy a changed revision, a revision that exists, or new tasks of the same',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: DeployInput,
  output: RolloutOutput,
  captured: DeployCaptured,
  receipt: RolloutReceipt,
  binds: ['task_definition', 'image', 'environment', 'secrets', 'force'],
  checks: [
    'the service answers, is active, and ECS rolls out its deployments',
    'the container to change is known, or the revision to deploy is active',
    'a forced deployment of an image without a tag of its own pulls what may be broken: a person gives a reason',
  ],
  iam: {
    read: [
      'ecs:DescribeServices',
      'ecs:DescribeTaskDefinition',
      'ecs:ListTaskDefinitions',
      'ecs:ListServiceDeployments',
      'ecs:DescribeServiceRevisions',
    ],
    effect: ['ecs:RegisterTaskDefinition', 'ecs:UpdateService'],
    asCaller: ['ecs:TagResource', 'iam:PassRole'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: 'Deploys the revision that was there before; the new revision stays registered. Of a forced deployment nothing is left to undo.',
  },
  defaultTimeout: '20m',
  plan: planDeploy,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const service = need(await readService(input, ctx));
    const deployment = stated(primaryOf(service)?.id, 'the present deployment');
    return { at, task_definition: deployedBy(service), deployment };
  },
  async apply(input, { captured }, ctx) {
    const change = changeOf(input);
    const present = captured.task_definition;
    const taskDefinition = change
      ? await findOrRegister(input.region, present, change, ctx)
      : (input.task_definition ?? present);
    await beginRollout(input, { taskDefinition, force: taskDefinition === present }, ctx);
    return { at: captured.at, task_definition: taskDefinition, replaces: captured.deployment };
  },
  lookup: (input, { captured }, ctx) => lookupDeploy(input, captured, ctx),
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString(), task_definition: null, replaces: null }),
  observe: observeRollout,
  restore: (input, captured) => {
    if (input.force) return null;
    const { region, cluster, service } = input;
    return { region, cluster, service, task_definition: captured.task_definition };
  },
});

/** A registration whose answer was lost is found by its tags: registering again would make another revision. */
async function findOrRegister(region: string, present: string, change: Change, ctx: KitContext): Promise<string> {
  const base = need(await readRevision(region, present, ctx));
  const newer = await listNewer(region, present, ctx);
  for (const name of newer) {
    const revision = need(await readRevision(region, name, ctx));
    if (isRegisteredBy(revision.tags, ctx.owner) && carries(revision, change)) return revision.name;
  }
  if (isRegisteredBy(base.tags, ctx.owner) && carries(base, change)) return base.name;
  return register(region, base, changedContainers(base, change), ctx);
}

function carries({ definition }: Revision, change: Change): boolean {
  const chosen = chooseContainer(definition.containerDefinitions ?? [], change);
  return 'container' in chosen && isChanged(chosen.container, change);
}

function changedContainers({ definition, name }: Revision, change: Change) {
  const containers = definition.containerDefinitions ?? [];
  const chosen = chooseContainer(containers, change);
  if ('why' in chosen) throw new Error(`Task definition ${name}: ${chosen.why}.`);
  return containers.map((one) => (one === chosen.container ? changeContainer(one, change) : one));
}

/** Revisions that were registered after the present one, the newest first. */
async function listNewer(region: string, present: string, ctx: KitContext): Promise<string[]> {
  const familyPrefix = familyOf(present);
  const read = await reading(`revisions of ${familyPrefix} in ${region}`, async () => {
    const command = new ListTaskDefinitionsCommand({ familyPrefix, sort: 'DESC', status: 'ACTIVE', maxResults: 100 });
    return stated((await ctx.aws.ecs(region).send(command)).taskDefinitionArns, 'the revisions');
  });
  return need(read)
    .map(shortName)
    .filter((name) => familyOf(name) === familyPrefix && numberOf(name) > numberOf(present));
}
