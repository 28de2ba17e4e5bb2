import { suggestion } from '../../domain/nearest.ts';
import { isWeighty } from '../defaults.ts';
import { type Draft, eachStep, type Lint, named } from './draft.ts';

/** Every action exists; one that is irreversible or moves traffic is confirmed; a fence is something that acts. */
export const lintActions: Lint = (draft) => [
  ...named('unknown-name', unknownActions(draft)),
  ...named('unconfirmed', unconfirmed(draft)),
  ...named('fence-of-nothing', idleFences(draft)),
];

function unknownActions(draft: Draft) {
  const known = draft.catalogue.list().map((action) => action.name);
  return eachStep(draft, (step, path) => {
    if (draft.catalogue.get(step.uses)) return [];
    return [draft.places.fault([...path, 'uses'], `there is no action ${step.uses}: ${suggestion(step.uses, known)}`)];
  });
}

function unconfirmed(draft: Draft) {
  if (draft.command.confirm !== undefined) return [];
  return eachStep(draft, (step, path) => {
    const action = draft.catalogue.get(step.uses);
    if (!action || !isWeighty(action)) return [];
    const why = action.risk === 'irreversible' ? 'cannot be undone' : 'moves traffic';
    const phrase = draft.command.name.toUpperCase();
    return [
      draft.places.fault(
        [...path, 'uses'],
        `${step.uses} ${why}: say at the top what the requester types, such as confirm: ${phrase}`,
      ),
    ];
  });
}

function idleFences(draft: Draft) {
  return eachStep(draft, (step, path) => {
    const action = draft.catalogue.get(step.uses);
    if (!step.fence || !action || (action.kind !== 'read' && action.kind !== 'human')) return [];
    return [
      draft.places.fault(
        [...path, 'fence'],
        `${step.uses} changes nothing, so it fences nothing: fence is for a step that stops writes`,
        'key',
      ),
    ];
  });
}
