import type { Rule } from './rule.ts';
import { knownTexts } from './texts.ts';

const standIn =
  /(^|[:/\s=])(ACCOUNT(_ID)?|PAGE_ID|TOKEN|TODO|CHANGE_?ME|YOUR[-_]\w+|X{3,}|Z123456789|<[A-Za-z][\w -]*>)(?=$|[:/\s])/;

export const placeholder: Rule = {
  name: 'placeholder',
  why: 'A stand-in that was never filled in is found when somebody needs the command.',
  wrong: `
steps:
  - id: restore
    uses: dynamodb.restore-to-time
    timeout: 2h
    with: { region: us-east-1, table: orders, time: latest, encryption_key: "arn:aws:kms:us-east-1:ACCOUNT:alias/dr" }`,
  right: `
steps:
  - id: restore
    uses: dynamodb.restore-to-time
    timeout: 2h
    with: { region: us-east-1, table: orders, time: latest, encryption_key: "arn:aws:kms:us-east-1:123456789012:alias/dr" }`,
  look: (draft) =>
    knownTexts(draft).flatMap(({ path, name, text }) => {
      const found = standIn.exec(text)?.[2];
      if (found === undefined) return [];
      const message = `${name} holds ${found}, which stands in for something: put the real one into resources of muster.yml, and read it here`;
      return [draft.places.fault(path, message)];
    }),
};
