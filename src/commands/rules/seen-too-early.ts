import { ancestorsOf, needsOf } from '../graph.ts';
import { type Draft, eachStep } from '../lint/draft.ts';
import { sightings } from '../lint/order.ts';
import type { Rule } from './rule.ts';

export const seenTooEarly: Rule = {
  name: 'seen-too-early',
  why: 'What was seen to work was seen before a step that changes it: people are sent to what that step has left.',
  wrong: `
steps:
  - id: healthy
    uses: http.check
    with: { url: "https://standby.example.com/health" }
  - id: scale
    uses: ecs.scale-service
    with: { region: us-west-2, cluster: dr-cluster, service: app-service, count: 4 }
  - id: traffic
    uses: route53.switch-standby
    with:
      region: us-west-2
      bucket: shop-switch-us-west-2
      key: serve-from-us-west-2
      present: true
      name: shop.example.com
      target: standby.example.com
      to: us-west-2`,
  right: `
steps:
  - id: scale
    uses: ecs.scale-service
    with: { region: us-west-2, cluster: dr-cluster, service: app-service, count: 4 }
  - id: healthy
    uses: http.check
    with: { url: "https://standby.example.com/health" }
  - id: traffic
    uses: route53.switch-standby
    with:
      region: us-west-2
      bucket: shop-switch-us-west-2
      key: serve-from-us-west-2
      present: true
      name: shop.example.com
      target: standby.example.com
      to: us-west-2`,
  look: (draft) => {
    const { steps } = draft.command;
    const needs = needsOf(steps);
    return eachStep(draft, (step, path) => {
      if ((draft.catalogue.get(step.uses)?.traffic ?? 'none') === 'none') return [];
      const above = ancestorsOf(step.id, needs);
      const seen = steps.filter(({ id, uses }) => above.has(id) && sightings.includes(uses));
      // Where nothing was seen at all, the command is refused for it.
      if (seen.length === 0) return [];
      const behind = new Set(seen.flatMap(({ id }) => [...ancestorsOf(id, needs)]));
      const after = steps.find(
        ({ id, uses, fence }) => above.has(id) && !fence && !behind.has(id) && acts(draft, uses),
      );
      if (!after) return [];
      const message = `${step.id} moves traffic after ${after.id} has changed something, and nothing was seen to work since: let a check (${sightings.join(' or ')}) need ${after.id}`;
      return [draft.places.fault([...path, 'id'], message)];
    });
  },
};

function acts({ catalogue }: Draft, uses: string): boolean {
  const action = catalogue.get(uses);
  return (action?.kind === 'once' || action?.kind === 'converge') && action.traffic === 'none';
}
