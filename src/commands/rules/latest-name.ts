import type { Draft } from '../lint/draft.ts';
import { formsAt, jsonSchemaOf } from '../yaml/known-words.ts';
import type { Rule } from './rule.ts';
import { type KnownText, knownTexts } from './texts.ts';

const newest = /(^|[-_/.:])latest($|[-_/.:])/i;

export const latestName: Rule = {
  name: 'latest-name',
  why: 'Nothing keeps a name such as `db-snapshot-latest` at the newest one: it is not there, or it is old, or it is another when it is repeated.',
  wrong: `
steps:
  - id: restore
    uses: rds.restore-snapshot
    timeout: 2h
    with: { region: us-east-1, instance: prod-database, snapshot: prod-database-snapshot-latest }`,
  right: `
steps:
  - id: newest
    uses: rds.select-snapshot
    with: { region: us-east-1, instance: prod-database, max_age: 15m }
  - id: restore
    uses: rds.restore-snapshot
    timeout: 2h
    with: { region: us-east-1, instance: prod-database, snapshot: "\${{ steps.newest.output.snapshot }}" }`,
  look: (draft) =>
    knownTexts(draft).flatMap((known) => {
      if (!newest.test(known.text) || /\s/.test(known.text) || isOffered(draft, known)) return [];
      const message = `${known.name} is ${known.text}, a name that nothing keeps at the newest: let a step find it (a select or check action) and read its output here, or name one that never moves`;
      return [draft.places.fault(known.path, message)];
    }),
};

/** The action itself knows this word and resolves it when its turn comes. */
function isOffered({ catalogue }: Draft, { step, inside, text }: KnownText): boolean {
  // Where an input goes is not known here, and an action that offers the word is what it is for.
  if (step === undefined) return text === 'latest';
  const action = catalogue.get(step.uses);
  if (!action) return false;
  return formsAt(jsonSchemaOf(action.input), inside).some((form) => form.const === text || form.enum?.includes(text));
}
