import { eachStep } from '../lint/draft.ts';
import type { Rule } from './rule.ts';
import { knownField } from './values.ts';

export const scaleToZeroUndone: Rule = {
  name: 'scale-to-zero-undone',
  why: 'Autoscaling that is not held brings a service that was stopped back to its own minimum, and it writes again.',
  wrong: `
steps:
  - id: stop
    uses: ecs.scale-service
    fence: true
    with: { region: us-east-1, cluster: prod-cluster, service: app-service, count: 0, hold_autoscaling: false }`,
  right: `
steps:
  - id: stop
    uses: ecs.scale-service
    fence: true
    with: { region: us-east-1, cluster: prod-cluster, service: app-service, count: 0 }`,
  look: (draft) =>
    eachStep(draft, (step, path) => {
      const isStop = step.uses === 'ecs.scale-service' && knownField(draft, step, 'count') === 0;
      if (!isStop || knownField(draft, step, 'hold_autoscaling') !== false) return [];
      const message = `${step.id} stops a service that autoscaling may start again: leave out hold_autoscaling, and it is held`;
      return [draft.places.fault([...path, 'with', 'hold_autoscaling'], message)];
    }),
};
