import { suggestion } from '../../domain/nearest.ts';
import { findLoop, needsOf } from '../graph.ts';
import { type Draft, eachStep, type Lint, named } from './draft.ts';

/** Steps have names of their own, need steps that exist, and never one another in a circle. */
export const lintNeeds: Lint = (draft) => {
  const repeated = twice(draft);
  if (repeated.length > 0) return named('needs', repeated);
  const faults = [...named('unknown-name', unknownNeeds(draft)), ...named('needs', alwaysNeeds(draft))];
  return faults.length > 0 ? faults : named('needs', loops(draft));
};

function twice(draft: Draft) {
  const ids = draft.command.steps.map((step) => step.id);
  return eachStep(draft, (step, path) =>
    ids.indexOf(step.id) === path[1]
      ? []
      : [draft.places.fault([...path, 'id'], `there is already a step ${step.id}: give this one another id`)],
  );
}

function unknownNeeds(draft: Draft) {
  const ids = draft.command.steps.map((step) => step.id);
  return eachStep(draft, (step, path) =>
    (step.needs ?? []).flatMap((need, index) => {
      const others = ids.filter((id) => id !== step.id);
      if (ids.includes(need)) return [];
      return [
        draft.places.fault(
          [...path, 'needs', index],
          `${need} is no step of this command: ${suggestion(need, others)}`,
        ),
      ];
    }),
  );
}

function alwaysNeeds(draft: Draft) {
  const always = draft.command.steps.filter((step) => step.always).map((step) => step.id);
  return eachStep(draft, (step, path) => {
    if (step.always && step.needs) {
      return [
        draft.places.fault(
          [...path, 'needs'],
          `${step.id} always runs, last and whatever happened: leave out its needs`,
          'key',
        ),
      ];
    }
    return (step.needs ?? []).flatMap((need, index) =>
      always.includes(need)
        ? [draft.places.fault([...path, 'needs', index], `${need} always runs last, so nothing can need it`)]
        : [],
    );
  });
}

function loops(draft: Draft) {
  const { steps } = draft.command;
  const loop = findLoop(needsOf(steps));
  if (!loop) return [];
  const index = steps.findIndex((step) => step.needs && loop.includes(step.id));
  const message = `these steps wait for one another: ${loop.join(' → ')}. Take one of these needs away (without needs, a step waits for all above it)`;
  return [draft.places.fault(['steps', Math.max(0, index), 'needs'], message)];
}
