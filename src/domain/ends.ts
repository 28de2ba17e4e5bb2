import type { StepState } from './run.ts';

/**
 * How what was under way came to its end, when nothing more is started: what is not known, and what was sent without
 * being seen to be done, by name.
 */
export function sayEnds(steps: readonly Pick<StepState, 'id' | 'status' | 'effectSent'>[]): string {
  const unknown = steps.filter(({ status }) => status === 'unknown');
  const failed = steps.filter(({ status, effectSent }) => effectSent && (status === 'failed' || status === 'drifted'));
  const amiss = [
    ...(unknown.length > 0 ? [`what became of ${idsOf(unknown)} is not known`] : []),
    ...(failed.length > 0 ? [`${idsOf(failed)} was sent and was not seen to be done`] : []),
  ];
  return amiss.length > 0 ? amiss.join('; ') : 'what was under way was seen to its end';
}

function idsOf(steps: readonly { id: string }[]): string {
  return steps.map(({ id }) => id).join(', ');
}
