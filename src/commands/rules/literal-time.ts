import type { Rule } from './rule.ts';
import { knownTexts } from './texts.ts';

const moment = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}[\d:.]*(Z|[+-]\d{2}:?\d{2})?)?$/;

export const literalTime: Rule = {
  name: 'literal-time',
  why: 'A time that was written down beforehand is not the time that is meant: whatever happens, the data of that day comes back.',
  wrong: `
steps:
  - id: restore
    uses: rds.restore-to-time
    timeout: 2h
    with: { region: us-east-1, instance: prod-database, time: "2024-01-15T10:30:00Z" }`,
  right: `
inputs:
  moment: { type: instant, description: The last moment before the damage }
steps:
  - id: restore
    uses: rds.restore-to-time
    timeout: 2h
    with: { region: us-east-1, instance: prod-database, time: "\${{ inputs.moment }}" }`,
  look: (draft) =>
    knownTexts(draft).flatMap(({ path, name, text }) => {
      if (!moment.test(text.trim())) return [];
      const message = `${name} is ${text}, whatever happens and whenever: make it an input of type instant, or take latest where the action offers it`;
      return [draft.places.fault(path, message)];
    }),
};
