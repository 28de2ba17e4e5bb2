import type { Step } from '../../domain/command.ts';
import { suggestion } from '../../domain/nearest.ts';
import { type Draft, eachStep } from '../lint/draft.ts';
import type { Rule } from './rule.ts';
import { knownField } from './values.ts';

export const scriptMissing: Rule = {
  name: 'script-missing',
  why: 'A script, template or Terraform configuration that a step names is not in muster.yml, or its file is not in the home: the step is refused when it is planned.',
  wrong: `
steps:
  - id: checked
    uses: script.check
    with: { script: verify-everything }`,
  right: `
steps:
  - id: checked
    uses: script.check
    with: { script: verify-data }`,
  look: (draft) =>
    eachStep(draft, (step, path) =>
      missing(draft, step).map(({ field, message }) => draft.places.fault([...path, 'with', field], message)),
    ),
};

interface Missing {
  field: string;
  message: string;
}

function missing(draft: Draft, step: Step): Missing[] {
  const { scripts, terraform } = draft.home;
  const known = (field: string): string | undefined => {
    const value = knownField(draft, step, field);
    return typeof value === 'string' ? value : undefined;
  };
  if (step.uses.startsWith('script.')) return named(draft, 'script', known('script'), files(scripts, 'file'));
  if (step.uses.startsWith('terraform.')) {
    return named(draft, 'configuration', known('configuration'), files(terraform, 'folder'));
  }
  const template = known('template');
  if (template === undefined || !step.uses.startsWith('cloudformation.')) return [];
  return [...absent(draft, 'template', template, template)];
}

function files<Key extends string>(
  entries: Record<string, Record<Key, string>>,
  key: Key,
): ReadonlyMap<string, string> {
  return new Map(Object.entries(entries).map(([name, entry]) => [name, entry[key]]));
}

function named(draft: Draft, field: string, name: string | undefined, known: ReadonlyMap<string, string>): Missing[] {
  if (name === undefined) return [];
  const path = known.get(name);
  if (path !== undefined) return absent(draft, field, name, path);
  const where = field === 'script' ? 'scripts' : 'terraform';
  return [{ field, message: `${name} is not under ${where} in muster.yml: ${suggestion(name, [...known.keys()])}` }];
}

function absent({ isThere }: Draft, field: string, name: string, path: string): Missing[] {
  if (isThere === undefined || isThere(path)) return [];
  const what = name === path ? path : `${name} is ${path}, which`;
  return [{ field, message: `${what} is not in the home: put it there, or correct the name` }];
}
