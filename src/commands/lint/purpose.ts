import { type Draft, eachStep, type Lint, movesTraffic, named } from './draft.ts';

/**
 * A drill and a routine leave people where they are served and writers where they write. Whether a step's target is made
 * by the same run cannot be told from its fields, so none is let through.
 */
export const lintPurpose: Lint = (draft) => {
  const { purpose } = draft.command;
  if (purpose === 'recovery') return [];
  return named(
    'test-acts-on-real',
    eachStep(draft, (step, path) => {
      const does = whatItDoes(draft, step);
      if (does === null) return [];
      const message = `${step.id} ${does}, and a ${purpose} changes nothing that people rely on: leave it out, or say purpose: recovery`;
      return [draft.places.fault([...path, step.fence ? 'fence' : 'uses'], message)];
    }),
  );
};

function whatItDoes(draft: Draft, step: { uses: string; fence: boolean }): string | null {
  if (step.fence) return 'fences';
  return movesTraffic(draft, step.uses) ? 'moves traffic' : null;
}
