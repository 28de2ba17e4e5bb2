import type { Step } from '../../domain/command.ts';
import type { Json } from '../../domain/json.ts';
import type { Draft } from '../lint/draft.ts';
import type { YamlPath } from '../yaml/parse-yaml.ts';
import { knownValues } from './values.ts';

/** A text that is known before anything runs: in a step, or as the default of an input. */
export interface KnownText {
  /** In the file. */
  path: YamlPath;
  /** The nearest name: the field, or the key of a map. */
  name: string;
  text: string;
  step?: Step;
  /** Inside the step's `with`. */
  inside: YamlPath;
}

export function knownTexts(draft: Draft): KnownText[] {
  return [...inSteps(draft), ...inDefaults(draft)];
}

function inSteps(draft: Draft): KnownText[] {
  return draft.command.steps.flatMap((step, index) =>
    knownValues(draft, step).flatMap(({ path: inside, value }) => {
      if (typeof value !== 'string') return [];
      return [{ path: ['steps', index, 'with', ...inside], name: nameOf(inside), text: value, step, inside }];
    }),
  );
}

function inDefaults({ command }: Draft): KnownText[] {
  return Object.entries(command.inputs).flatMap(([name, spec]) => {
    const value: Json | undefined = spec.default;
    return typeof value === 'string' ? [{ path: ['inputs', name, 'default'], name, text: value, inside: [] }] : [];
  });
}

function nameOf(path: YamlPath): string {
  return String(path.findLast((part) => typeof part === 'string') ?? '');
}
