import { refusing } from './refusing.ts';
import { rules } from './rules.ts';

/** docs/check.md, with every rule and an example of it. */
export function renderCheckPage(): string {
  return `${[head, ...warnings(), ...refusals(), impossible].join('\n\n')}\n`;
}

const head = `# What \`muster check\` finds

<!-- Written by \`npm run generate\` from src/commands/rules: do not edit. -->

\`muster check\` reads \`muster.yml\`, the commands, the templates and the simulated cloud of a home, and says everything that it
finds at once: the file, line and column, the rule, what is wrong and what to do.

\`\`\`
commands/restore.yml:14:22 latest-name: snapshot is orders-snapshot-latest, a name that nothing keeps at the newest: … (warning)
\`\`\`

A **fault** keeps Muster from starting, and ends \`check\` with exit code 1. A **warning** does not: a command that is needed now is
better run with its weakness than refused for it. \`muster check --strict\` ends with exit code 1 for warnings too, for a
pipeline. Nothing is asked of AWS: what only the present state can show is found when a plan is made. \`--json\` gives both lists.`;

function warnings(): string[] {
  const rows = rules.map(({ name, why }) => `| [${name}](#${name}) | ${why} |`);
  const each = rules.map(({ name, why, wrong, right }) =>
    [`### ${name}`, why, 'Found:', fenced(wrong), 'Right:', fenced(right)].join('\n\n'),
  );
  return ['## Warnings', ['| rule | why |', '| --- | --- |', ...rows].join('\n'), ...each];
}

function refusals(): string[] {
  const rows = Object.entries(refusing).map(([name, what]) => `| ${name} | ${what} |`);
  const more =
    'What is no YAML, or has an unknown word or a wrong type in its own frame, is said without a rule. [commands.md](commands.md#what-is-refused) says when a fence or a check counts.';
  return ['## Faults of a command', ['| rule | what breaks it |', '| --- | --- |', ...rows].join('\n'), more];
}

function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml.trim()}\n\`\`\``;
}

const impossible = `## What needs no rule

Runbooks of shell snippets have more ways to go wrong. These cannot be written in a command, whatever is in it:

| in a runbook | in Muster |
| --- | --- |
| a Region, account or cluster is taken from the shell | each step names its own; the account is asserted before each effect |
| a call that returns at once is taken for done | a step ends when its action has seen the state that it waits for, or at its timeout |
| a failed command is passed over, and the last line says SUCCESS | what needed a failed step does not start; the outcome is computed from the steps |
| a repeated script makes things twice | an effect is looked up before it is sent again; what a run makes has the name of the run |
| the state before is nowhere | it is captured before each effect, and undo puts it back |
| \`-auto-approve\`, \`read -p\` | people consent to a plan by its code; Terraform applies the plan file that they saw |
| a security group that is to block everything opens to 0.0.0.0/0 | \`ec2.lock-down-group\` only takes rules away |
| a weight beside a failover record, an alias with another service's zone | the record's form is checked when it is planned |
| somebody else's table, database or workspace is deleted | only what the same run has made is deleted, by its tag |
| the first of a list is taken for the newest backup | the select actions read all pages and compare times |
| a report says PASSED, whatever happened | every figure is computed from what runs have recorded |`;
