import { ancestorsOf } from '../../domain/graph.ts';
import { needsOf } from '../graph.ts';
import { eachStep, movesTraffic } from '../lint/draft.ts';
import { sightings } from '../lint/order.ts';
import { isEffect } from './effects.ts';
import type { Rule } from './rule.ts';
import { healthyStep, scaleStep, switchStep } from './samples.ts';

export const seenTooEarly: Rule = {
  name: 'seen-too-early',
  why: 'What was seen to work was seen before a step that changes it: people are sent to what that step has left.',
  wrong: `
steps:
${healthyStep}
${scaleStep}
${switchStep}`,
  right: `
steps:
${scaleStep}
${healthyStep}
${switchStep}`,
  look: (draft) => {
    const { steps } = draft.command;
    const needs = needsOf(steps);
    return eachStep(draft, (step, path) => {
      if (!movesTraffic(draft, step.uses)) return [];
      const above = ancestorsOf(step.id, needs);
      const seen = steps.filter(({ id, uses }) => above.has(id) && sightings.includes(uses));
      // Where nothing was seen at all, the command is refused for it.
      if (seen.length === 0) return [];
      const behind = new Set(seen.flatMap(({ id }) => [...ancestorsOf(id, needs)]));
      const after = steps.find(
        ({ id, uses, fence }) =>
          above.has(id) && !fence && !behind.has(id) && isEffect(draft, uses) && !movesTraffic(draft, uses),
      );
      if (!after) return [];
      const message = `${step.id} moves traffic after ${after.id} has changed something, and nothing was seen to work since: let a check (${sightings.join(' or ')}) need ${after.id}`;
      return [draft.places.fault([...path, 'id'], message)];
    });
  },
};
