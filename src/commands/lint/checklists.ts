import { checklistAction } from '../../domain/checklist.ts';
import type { Step } from '../../domain/command.ts';
import { Duration, durationMs } from '../../domain/duration.ts';
import type { Fault } from '../../domain/errors.ts';
import { roleNames } from '../../domain/home.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { suggestion } from '../../domain/nearest.ts';
import { expressionIn } from '../cel/expression.ts';
import { stepsRead } from '../evaluate.ts';
import { type Draft, eachStep, type Lint, named } from './draft.ts';

/**
 * A checklist says what is to be answered, by whom and by when before anything runs, and its owners can be found; so can
 * whoever a checkpoint is for.
 */
export const lintChecklists: Lint = (draft) =>
  eachStep(draft, (step, path) => {
    if (step.uses === 'manual.checkpoint')
      return named('unknown-name', strangers(draft, step.with.who, [...path, 'with', 'who']));
    if (step.uses !== checklistAction) return [];
    const at = [...path, 'with', 'items'];
    const items = step.with.items ?? null;
    if (expressionIn(items) !== undefined)
      return named('wrong-value', [
        draft.places.fault(at, 'the items of a checklist are written out: a list, not an expression'),
      ]);
    if (!Array.isArray(items)) return [];
    return items.flatMap((item, index) => itemFaults(draft, step, item, [...at, index]));
  });

function itemFaults(draft: Draft, step: Step, item: Json, path: (string | number)[]): Fault[] {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) return [];
  return [
    ...named('wrong-value', [...computed(draft, item, path), ...lateFaults(draft, step, item, path)]),
    ...named('unknown-name', strangers(draft, item.owner, [...path, 'owner'])),
  ];
}

/** Only the words may be computed, and only of what is known before the run. */
function computed(draft: Draft, item: JsonObject, path: (string | number)[]): Fault[] {
  return Object.entries(item).flatMap(([field, value]) => {
    const expression = expressionIn(value);
    if (expression === undefined || (field === 'text' && !readsStep(value))) return [];
    const message =
      field === 'text'
        ? 'the text of an item is known before the run: say what a step gives in a checkpoint of its own'
        : `${field} of an item is written out, not computed`;
    return [draft.places.fault([...path, field], message)];
  });
}

/** What is no CEL is told as that, once. */
function readsStep(value: Json): boolean {
  try {
    return stepsRead(value).length > 0;
  } catch {
    return false;
  }
}

function strangers({ home, places }: Draft, owner: Json | undefined, path: (string | number)[]): Fault[] {
  if (typeof owner !== 'string' || expressionIn(owner) !== undefined) return [];
  const known = [...Object.keys(home.people), ...roleNames];
  if (known.includes(owner)) return [];
  const message = `${owner} is nobody in people and no role of muster.yml: ${suggestion(owner, known)}`;
  return [places.fault(path, message)];
}

function lateFaults({ places }: Draft, step: Step, { due }: JsonObject, path: (string | number)[]): Fault[] {
  const given = Duration.safeParse(due);
  if (!given.success || durationMs(given.data) <= durationMs(step.timeout)) return [];
  const message = `due ${given.data} is after the step itself ends (timeout: ${step.timeout}): give it a longer timeout`;
  return [places.fault([...path, 'due'], message)];
}
