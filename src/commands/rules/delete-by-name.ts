import { eachStep } from '../lint/draft.ts';
import { isRemoval } from './effects.ts';
import type { Rule } from './rule.ts';
import { knownField } from './values.ts';

const names = ['table', 'instance', 'stack', 'workspace'];

export const deleteByName: Rule = {
  name: 'delete-by-name',
  why: 'A run deletes only what it has made, and that has a name of the run: a fixed name is somebody else’s, and the step is refused when it is planned. To put a good table in the place of a bad one, move the pointer.',
  wrong: `
steps:
  - id: remove
    uses: dynamodb.delete-table
    always: true
    with: { region: us-east-1, table: orders }`,
  right: `
steps:
  - id: remove
    uses: dynamodb.delete-table
    always: true
    with: { region: us-east-1, source: orders, suffix: test }`,
  look: (draft) =>
    eachStep(draft, (step, path) => {
      // Beside a suffix it is the name of what this run has made its own thing of.
      if (!isRemoval(step.uses) || step.with.suffix !== undefined) return [];
      return names.flatMap((name) => {
        const found = knownField(draft, step, name);
        if (typeof found !== 'string') return [];
        const message = `${step.id} is to delete ${found}, which no run has made: only what this run makes is deleted. Read its name from the step that makes it, or give what it was made of and its suffix`;
        return [draft.places.fault([...path, 'with', name], message)];
      });
    }),
};
