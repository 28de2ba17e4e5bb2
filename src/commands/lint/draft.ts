import type { Catalogue } from '../../domain/action.ts';
import type { Command, Step } from '../../domain/command.ts';
import type { Fault } from '../../domain/errors.ts';
import type { Home } from '../../domain/home.ts';
import type { Refusing } from '../rules/refusing.ts';
import type { YamlPlaces } from '../yaml/parse-yaml.ts';

/** A command that has passed its schema, beside what it is checked against. */
export interface Draft {
  command: Command;
  places: YamlPlaces;
  home: Home;
  catalogue: Catalogue;
  /** Whether the home holds this file or folder; undefined where nobody has looked. */
  isThere?: ((path: string) => boolean) | undefined;
}

/** One kind of fault that people make. */
export type Lint = (draft: Draft) => Fault[];

/** The fault, as of this rule of docs/check.md. */
export function named(rule: Refusing, faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, rule }));
}

export function movesTraffic({ catalogue }: Pick<Draft, 'catalogue'>, uses: string): boolean {
  return (catalogue.get(uses)?.traffic ?? 'none') !== 'none';
}

export function eachStep(draft: Draft, look: (step: Step, path: [string, number]) => Fault[]): Fault[] {
  return draft.command.steps.flatMap((step, index) => look(step, ['steps', index]));
}
