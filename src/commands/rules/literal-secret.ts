import type { Draft } from '../lint/draft.ts';
import { formsAt, jsonSchemaOf } from '../yaml/known-words.ts';
import type { Rule } from './rule.ts';
import { type KnownText, knownTexts } from './texts.ts';

const secretWord = /(pass(word|wd|phrase)?|secret|token|api[-_]?key|private[-_]?key|access[-_]?key|credentials?)$/i;
const reference = /^(arn:|env:|secret:|ssm:|file:|\/)/;
/** What is a secret wherever it stands. */
const secretText =
  /-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[A-Z0-9]{16}\b|\bxox[abpr]-|\bgh[pousr]_\w{20,}|:\/\/[^/\s:@]+:[^/\s@]+@|^(Bearer|OAuth|Basic) \S{8,}/;

export const literalSecret: Rule = {
  name: 'literal-secret',
  why: 'Who can read the file can read the secret, and so can whoever sees the plan; and a password that is only written somewhere is not the one that the database takes.',
  wrong: `
steps:
  - id: password
    uses: ssm.set-parameter
    with: { region: us-east-1, name: /shop/db/password, value: new-secure-password }`,
  right: `
steps:
  - id: password
    uses: ssm.set-parameter
    with: { region: us-east-1, name: /shop/db/password, from_secret: { secret: shop/db, key: password } }`,
  look: (draft) =>
    knownTexts(draft).flatMap((known) => {
      if (!isSecret(draft, known)) return [];
      const message = `${known.name} holds a secret in clear: keep it in Secrets Manager or the environment and name it here, rotate this one, and take it out of the file's history`;
      return [draft.places.fault(known.path, message)];
    }),
};

function isSecret(draft: Draft, known: KnownText): boolean {
  const { text, name, step } = known;
  if (secretText.test(text)) return true;
  if (text === '' || reference.test(text)) return false;
  if (step === undefined) return secretWord.test(name);
  return (isKeyOfPeople(draft, known) && secretWord.test(name)) || isParameter(known);
}

/** A key that the command's author has named, as of an environment: an action's own field `secret` is a name. */
function isKeyOfPeople({ catalogue }: Draft, { step, inside }: KnownText): boolean {
  const action = step && catalogue.get(step.uses);
  if (!action || inside.length < 2) return false;
  const forms = formsAt(jsonSchemaOf(action.input), inside.slice(0, -1));
  return forms.some(({ additionalProperties }) => typeof additionalProperties === 'object');
}

function isParameter({ step, name }: KnownText): boolean {
  const of = step?.with.name;
  return step?.uses === 'ssm.set-parameter' && name === 'value' && typeof of === 'string' && secretWord.test(of);
}
