import { eachStep } from '../lint/draft.ts';
import { isRemoval } from './effects.ts';
import type { Rule } from './rule.ts';

const restored = `\
steps:
  - id: restore
    uses: dynamodb.restore-to-time
    timeout: 2h
    with: { region: us-east-1, table: orders, time: latest, suffix: test }`;

export const cleanUpNotAlways: Rule = {
  name: 'clean-up-not-always',
  why: 'Where a step before it fails, or somebody aborts, the clean-up is never reached: what the test has made stays, and is paid for.',
  wrong: `
${restored}
  - id: remove
    uses: dynamodb.delete-table
    with: { region: us-east-1, source: orders, suffix: test }`,
  right: `
${restored}
  - id: remove
    uses: dynamodb.delete-table
    always: true
    with: { region: us-east-1, source: orders, suffix: test }`,
  look: (draft) =>
    eachStep(draft, (step, path) => {
      // Who finds its thing by a suffix can run without reading another step, as what always runs must.
      const finds = draft.catalogue.get(step.uses)?.input.shape.suffix;
      if (!isRemoval(step.uses) || step.always || finds === undefined) return [];
      const message = `${step.id} cleans up only where all before it went well: give it always: true, with what the thing was made of and its suffix`;
      return [draft.places.fault([...path, 'id'], message)];
    }),
};
