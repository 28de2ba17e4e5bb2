import { durationMs } from '../../domain/duration.ts';
import { eachStep } from '../lint/draft.ts';
import type { Rule } from './rule.ts';

export const waitTooShort: Rule = {
  name: 'wait-too-short',
  why: 'A step that may take less than half of what its action usually needs at most (docs/actions.md) fails while all is well. Without `timeout` a step has ten minutes, and a restore takes longer.',
  wrong: `
steps:
  - id: restore
    uses: rds.restore-to-time
    with: { region: us-east-1, instance: prod-database, time: latest }`,
  right: `
steps:
  - id: restore
    uses: rds.restore-to-time
    timeout: 2h
    with: { region: us-east-1, instance: prod-database, time: latest }`,
  look: (draft) =>
    eachStep(draft, (step, path) => {
      const action = draft.catalogue.get(step.uses);
      if (!action || action.kind === 'read') return [];
      if (2 * durationMs(step.timeout) >= durationMs(action.defaultTimeout)) return [];
      const given = isGiven(draft.places.raw, path) ? '' : ', for it has no timeout of its own';
      // How long people have is for the command's author to say.
      if (action.kind === 'human' && given === '') return [];
      const message = `${step.id} may take ${step.timeout}${given}, and ${step.uses} up to ${action.defaultTimeout}: give it timeout: ${action.defaultTimeout}`;
      return [draft.places.fault([...path, given === '' ? 'timeout' : 'uses'], message)];
    }),
};

function isGiven(raw: unknown, [steps, index]: readonly [string, number]): boolean {
  const list: unknown = Object(raw)[steps];
  return Array.isArray(list) && Object.hasOwn(Object(list[index]) as object, 'timeout');
}
