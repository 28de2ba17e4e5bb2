import { eachStep } from '../lint/draft.ts';
import type { Rule } from './rule.ts';
import { knownField } from './values.ts';

/** Fields that name what a step makes; without them the name is of the run. */
const names = ['target_table', 'aside'];

export const fixedName: Rule = {
  name: 'fixed-name',
  why: 'What a run makes under a fixed name is in the way of the next run, and of the same run once it is repeated.',
  wrong: `
steps:
  - id: restore
    uses: dynamodb.restore-to-time
    timeout: 2h
    with: { region: us-east-1, table: orders, time: latest, target_table: orders-recovery }`,
  right: `
steps:
  - id: restore
    uses: dynamodb.restore-to-time
    timeout: 2h
    with: { region: us-east-1, table: orders, time: latest, suffix: recovery }`,
  look: (draft) =>
    eachStep(draft, (step, path) =>
      names.flatMap((name) => {
        const found = knownField(draft, step, name);
        if (typeof found !== 'string') return [];
        const message = `${step.id} always makes ${found}, and the second time that is there already: give a suffix instead of ${name}, and the name is of the run`;
        return [draft.places.fault([...path, 'with', name], message)];
      }),
    ),
};
