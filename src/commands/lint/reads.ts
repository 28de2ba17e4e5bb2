import type { Step } from '../../domain/command.ts';
import type { Fault } from '../../domain/errors.ts';
import { ancestorsOf } from '../../domain/graph.ts';
import type { Checked } from '../cel/check-expression.ts';
import { needsOf } from '../graph.ts';
import { type Draft, named } from './draft.ts';

/** An output is there to be read: its step is needed, and takes part whenever its reader does. */
export function readFaults(
  draft: Draft,
  step: Step,
  expression: Checked & { text: string },
  path: (string | number)[],
): Fault[] {
  const ancestors = ancestorsOf(step.id, needsOf(draft.command.steps));
  return [...expression.reading.steps].flatMap((id) => {
    const source = draft.command.steps.find((other) => other.id === id);
    const why = source && whyUnread(step, source, ancestors, draft);
    if (!why) return [];
    const offset = Math.max(0, expression.text.indexOf(`steps.${id}`));
    return named('output-not-awaited', [draft.places.fault(path, why, { text: expression.text, offset })]);
  });
}

function whyUnread(step: Step, source: Step, ancestors: ReadonlySet<string>, draft: Draft): string | undefined {
  if (step.always) return `${step.id} always runs, whatever happened, so it cannot read the output of ${source.id}`;
  if (!ancestors.has(source.id)) {
    return `${step.id} reads the output of ${source.id} without waiting for it: add ${source.id} to its needs`;
  }
  const all = draft.command.modes;
  const missing = (step.modes ?? all).find((mode) => !(source.modes ?? all).includes(mode));
  if (missing)
    return `${source.id} has no part in ${missing} mode, so ${step.id} cannot read its output there: give both the same modes`;
  if (source.when !== undefined && source.when !== step.when) {
    return `${source.id} may be left out by its when, so ${step.id} cannot read its output: give both the same when`;
  }
  return undefined;
}
