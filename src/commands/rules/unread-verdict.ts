import type { Step } from '../../domain/command.ts';
import { ancestorsOf } from '../../domain/graph.ts';
import { needsOf } from '../graph.ts';
import { eachStep } from '../lint/draft.ts';
import { isEffect, isRemoval } from './effects.ts';
import type { Rule } from './rule.ts';

/** A pointer that is moved once this step has ended. */
const pointedBehind = (waits: string): string => `
steps:
  - id: restore
    uses: dynamodb.restore-to-time
    timeout: 2h
    with: { region: us-east-1, table: orders, time: latest }
  - id: compare
    uses: dynamodb.compare-tables
    with: { region: us-east-1, table: "\${{ steps.restore.output.table }}", source: orders }
  - id: pointer
    uses: ssm.set-parameter
    needs: [${waits}]
    with: { region: us-east-1, name: /shop/tables/orders, value: "\${{ steps.restore.output.table }}" }`;

export const unreadVerdict: Rule = {
  name: 'unread-verdict',
  why: 'A check on which nothing waits, or that may fail with `on_failure: continue`, only says that it failed: what builds on the same change goes on.',
  wrong: pointedBehind('restore'),
  right: pointedBehind('compare'),
  look: (draft) => {
    const { steps } = draft.command;
    const needs = needsOf(steps);
    const above = new Map(steps.map(({ id }) => [id, ancestorsOf(id, needs)]));
    const effects = steps.filter(({ uses, always }) => !always && isEffect(draft, uses));
    return eachStep(draft, (step, path) => {
      const changed = effects.filter(({ id }) => above.get(step.id)?.has(id));
      if (step.always || changed.length === 0 || draft.catalogue.get(step.uses)?.kind !== 'read') return [];
      const isHeeded = effects.some(({ id }) => above.get(id)?.has(step.id));
      const deaf = effects.find(({ id, uses }) => {
        const before = above.get(id);
        const isLater = steps.findIndex((other) => other.id === id) > path[1];
        const builds = isLater && !before?.has(step.id) && changed.some((one) => before?.has(one.id));
        // What takes something away is not to go ahead of a check, even where others wait for it.
        return builds && (!isHeeded || isRemoval(uses));
      });
      const why = whyUnread(step, deaf);
      return why === undefined ? [] : [draft.places.fault([...path, 'id'], why)];
    });
  },
};

function whyUnread(step: Step, deaf: Step | undefined): string | undefined {
  if (deaf) return `${deaf.id} goes on whatever ${step.id} finds: add ${step.id} to its needs`;
  if (step.on_failure !== 'continue') return undefined;
  return `${step.id} is to see that all went well, and the run goes on when it did not: leave out on_failure: continue`;
}
