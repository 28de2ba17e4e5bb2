import type { Rule } from './rule.ts';
import { knownTexts } from './texts.ts';

const shell = /\$\([^)]+\)|\$\{[A-Za-z_]\w*[^}]*\}|\$[A-Z_][A-Z0-9_]+\b/;

export const shellText: Rule = {
  name: 'shell-text',
  why: 'No shell reads a command, so `$(date)` and `$TARGET_GROUP_ARN` stay as they are: the step acts on a thing of that name, or on none.',
  wrong: `
steps:
  - id: targets
    uses: elb.check-targets
    with: { region: us-east-1, target_group: $TARGET_GROUP_ARN, minimum: 2 }`,
  right: `
steps:
  - id: targets
    uses: elb.check-targets
    with: { region: us-east-1, target_group: "\${{ resources.target_group[regions.primary] }}", minimum: 2 }`,
  look: (draft) =>
    knownTexts(draft).flatMap(({ path, name, text, step }) => {
      const found = shell.exec(text)?.[0];
      if (found === undefined || draft.catalogue.get(step?.uses ?? '')?.kind === 'human') return [];
      const message = `${name} holds ${found}, which no shell replaces: write an expression over resources or inputs, such as \${{ inputs.name }}`;
      return [draft.places.fault(path, message)];
    }),
};
