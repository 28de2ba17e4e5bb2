import type { RunOutcome, RunStatus, StepStatus } from '../../../../src/domain/run.ts';

/** How a thing of the chart looks: a colour, a sign and a word, so that nobody has to tell colours apart. */
export type Look = StepStatus | 'person' | 'approved' | 'lapsed';

export const signs: Record<Look, string> = {
  waiting: '○',
  running: '▶',
  person: '☞',
  done: '✓',
  unchanged: '=',
  approved: '✓',
  failed: '✕',
  unknown: '?',
  drifted: '≠',
  skipped: '↷',
  deferred: '↷',
  'not-run': '–',
  lapsed: '–',
};

export const words: Record<Look, string> = {
  waiting: 'planned',
  running: 'running',
  person: 'waits for a person',
  done: 'done',
  unchanged: 'already so',
  approved: 'approved',
  failed: 'failed',
  unknown: 'unknown',
  drifted: 'drifted',
  skipped: 'skipped',
  deferred: 'deferred',
  'not-run': 'not run',
  lapsed: 'not approved',
};

export const runWords: Record<Exclude<RunStatus, 'ended'>, string> = {
  running: 'Running',
  paused: 'Paused',
  aborting: 'Aborting',
};

export const outcomeWords: Record<RunOutcome, string> = {
  succeeded: 'Succeeded',
  'succeeded-with-exceptions': 'Succeeded with exceptions',
  failed: 'Failed',
  aborted: 'Aborted',
  undone: 'Undone',
};
