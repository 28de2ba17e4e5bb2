import { Duration, durationMs } from '../../domain/duration.ts';
import { eachStep } from '../lint/draft.ts';
import { type JsonSchema, jsonSchemaOf } from '../yaml/known-words.ts';
import { nearestObjective } from './objective.ts';
import type { Rule } from './rule.ts';
import { knownField } from './values.ts';

/** How old the data of a database may be that a step accepts. */
const ages = ['max_age', 'max_lag'];

export const rpoTooShort: Rule = {
  name: 'rpo-too-short',
  why: 'A step accepts data that is older than the most that may be lost: a snapshot a day keeps no RPO of fifteen minutes, and a backup of any age keeps none.',
  wrong: `
objectives: { rpo: 15m }
steps:
  - id: newest
    uses: rds.select-snapshot
    with: { region: us-west-2, instance: prod-database, max_age: 1d }`,
  right: `
objectives: { rpo: 15m }
steps:
  - id: newest
    uses: rds.select-snapshot
    with: { region: us-west-2, instance: prod-database, max_age: "\${{ objectives.rpo }}" }`,
  look: (draft) =>
    eachStep(draft, (step, path) => {
      const rpo = nearestObjective(draft, 'rpo', step);
      const action = draft.catalogue.get(step.uses);
      if (!action || rpo === null || !/^(rds|dynamodb)\./.test(step.uses)) return [];
      return ages.flatMap((field) => {
        const schema = jsonSchemaOf(action.input);
        const isGiven = Object.hasOwn(step.with, field);
        if (schema.properties?.[field] === undefined || (!isGiven && isRequired(schema, field))) return [];
        // What reads the objective is as strict as it, whichever services an incident turns out to be about.
        if (JSON.stringify(step.with[field] ?? null).includes('objectives.rpo')) return [];
        const what = tooOld(knownField(draft, step, field), isGiven, rpo);
        if (what === undefined) return [];
        const message = `${step.id} accepts data ${what}, and the RPO is ${rpo}: ${field}: \${{ objectives.rpo }}, or give a test an objective of its own`;
        return [draft.places.fault([...path, 'with', field], message)];
      });
    }),
};

function isRequired({ required }: JsonSchema, field: string): boolean {
  return Array.isArray(required) && required.includes(field);
}

function tooOld(value: unknown, given: boolean, rpo: string): string | undefined {
  if (!given) return 'of any age';
  const age = Duration.safeParse(value);
  return age.success && durationMs(age.data) > durationMs(rpo) ? `up to ${age.data} old` : undefined;
}
