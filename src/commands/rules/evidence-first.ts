import type { Step } from '../../domain/command.ts';
import { ancestorsOf } from '../../domain/graph.ts';
import { needsOf } from '../graph.ts';
import { type Draft, eachStep } from '../lint/draft.ts';
import { isRemoval } from './effects.ts';
import type { Rule } from './rule.ts';
import { knownField } from './values.ts';

/** They replace or end what an intruder has touched. */
const destroying = ['ecs.deploy', 'ecs.roll-back', 'cloudformation.deploy-stack', 'terraform.apply', 'lambda.restore'];
const keeping = /\.(snapshot-evidence|create-snapshot|create-backup)$/;

export const evidenceFirst: Rule = {
  name: 'evidence-first',
  why: 'In a breach, what is stopped, replaced or deleted before it was kept can tell nobody any more what was done, and by whom.',
  wrong: `
scenario: security-breach
steps:
  - id: stop
    uses: ecs.scale-service
    fence: true
    with: { region: us-east-1, cluster: prod-cluster, service: app-service, count: 0 }`,
  right: `
scenario: security-breach
steps:
  - id: keep
    uses: ec2.snapshot-evidence
    timeout: 1h
    with: { region: us-east-1, instance: i-0123456789abcdef0 }
  - id: stop
    uses: ecs.scale-service
    fence: true
    with: { region: us-east-1, cluster: prod-cluster, service: app-service, count: 0 }`,
  look: (draft) => {
    if (!/breach|compromise|intrusion|security|ransom/i.test(draft.command.scenario ?? '')) return [];
    const needs = needsOf(draft.command.steps);
    const kept = draft.command.steps.filter(({ uses }) => keeping.test(uses)).map(({ id }) => id);
    return eachStep(draft, (step, path) => {
      if (step.always || !destroys(draft, step)) return [];
      const before = ancestorsOf(step.id, needs);
      if (kept.some((id) => before.has(id))) return [];
      const message = `${step.id} takes away what could be evidence, and nothing was kept before: let it need a step such as ec2.snapshot-evidence or rds.create-snapshot`;
      return [draft.places.fault([...path, 'id'], message)];
    });
  },
};

function destroys(draft: Draft, step: Step): boolean {
  if (step.uses === 'ecs.scale-service') return knownField(draft, step, 'count') === 0;
  return destroying.includes(step.uses) || isRemoval(step.uses);
}
