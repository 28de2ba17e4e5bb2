import { eachStep } from '../lint/draft.ts';
import { lostRegion, mayMissRegion } from './lost-region.ts';
import type { Rule } from './rule.ts';
import { knownValues } from './values.ts';

/** Fields that say where something came from: nothing is asked there. */
const origins = ['table_region'];

export const needsLostRegion: Rule = {
  name: 'needs-lost-region',
  why: 'A backup, a table or a bucket in the Region that is lost is lost with it, for as long as that lasts: recover from what is in the other Region already.',
  wrong: `
scenario: region-outage
steps:
  - id: restore
    uses: dynamodb.restore-to-time
    timeout: 2h
    with: { region: us-west-2, source_region: us-east-1, table: orders, time: latest }`,
  right: `
scenario: region-outage
steps:
  - id: newest
    uses: rds.select-snapshot
    with: { region: us-west-2, instance: prod-database, kind: copied, max_age: 15m }`,
  look: (draft) => {
    const lost = lostRegion(draft);
    if (lost === undefined) return [];
    return eachStep(draft, (step, path) => {
      const action = draft.catalogue.get(step.uses);
      if (!action || mayMissRegion(step) || step.on_failure === 'continue') return [];
      return knownValues(draft, step).flatMap(({ path: inside, value }) => {
        if (origins.includes(String(inside[0]))) return [];
        if (typeof value !== 'string' || (value !== lost && !value.includes(`:${lost}:`))) return [];
        const message = `${step.id} needs ${lost}, the Region that this command is for the loss of: use what is in the other one, or keep the step to graceful runs (modes: [graceful])`;
        return [draft.places.fault([...path, 'with', ...inside], message)];
      });
    });
  },
};
