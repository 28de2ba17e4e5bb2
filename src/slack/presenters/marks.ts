import type { Verdict } from '../../domain/action.ts';
import type { Incident, Phase } from '../../domain/incident.ts';
import type { RunOutcome, RunStatus, StepStatus } from '../../domain/run.ts';

/** Each mark is a sign and a word: nobody has to tell colours apart. */

export const verdictMark: Record<Verdict, string> = { pass: '✅ pass', fail: '❌ fail', unknown: '❓ unknown' };

export const stepMark: Record<StepStatus, string> = {
  waiting: '⏳ waiting',
  running: '🔄 running',
  done: '✅ done',
  unchanged: '☑️ already so',
  deferred: '⏭️ deferred',
  skipped: '⏭️ skipped',
  failed: '❌ failed',
  unknown: '❓ unknown',
  drifted: '⚠️ drifted',
  'not-run': '⬜ not run',
};

const phaseMark: Record<Phase, string> = {
  investigating: '🔎 investigating',
  recovering: '🔄 recovering',
  monitoring: '👀 monitoring',
  resolved: '✅ resolved',
  closed: '📁 closed',
};

/** How it stands with an incident; of a drill and of routines, what they are. */
export function standingMark({ kind, phase }: Pick<Incident, 'kind' | 'phase'>): string {
  if (kind === 'incident' || phase === 'closed') return phaseMark[phase];
  return kind === 'drill' ? '🧪 drill' : '🔁 routines';
}

export const runMark: Record<Exclude<RunStatus, 'ended'>, string> = {
  running: '🔄 Running',
  paused: '⏸️ Paused',
  aborting: '⏹️ Aborting',
};

export const outcomeMark: Record<RunOutcome, string> = {
  succeeded: '✅ Succeeded',
  'succeeded-with-exceptions': '⚠️ Succeeded with exceptions',
  failed: '❌ Failed',
  aborted: '⏹️ Aborted',
  undone: '↩️ Undone',
};
