import {
  type Contradiction,
  contradictions,
  netContradictions,
  sayContradictions,
} from '../../domain/contradictions.ts';
import { bullets, plain, section } from './markdown.ts';
import type { IncidentRecord } from './record.ts';

/** What the runs changed and left changed, that the code of the infrastructure does not know of. */
export function writeLeftChanged(record: IncidentRecord): string[] {
  const left = leftChanged(record);
  const title = 'What infrastructure code now contradicts';
  if (left.length === 0) return section(title, ['Nothing: no run has left anything changed.']);
  return section(
    title,
    ['Applying it as it is would undo the recovery. As it was before, and as it was left:'],
    bullets(sayContradictions(left).map(plain)),
  );
}

export function leftChanged({ runs, guards }: IncidentRecord): Contradiction[] {
  const fenced = new Set(
    guards.filter((guard) => guard.state === 'fenced').map(({ runId, stepId }) => `${runId}/${stepId}`),
  );
  const changes = runs.flatMap(({ run, plan, steps, sent }) => {
    // What a return guard has fenced was seen, though its step stays deferred in the run.
    const seen = steps.map((step) =>
      fenced.has(`${run.id}/${step.id}`) ? { ...step, status: 'done' as const } : step,
    );
    return contradictions(plan, seen, sent);
  });
  return netContradictions(changes);
}
