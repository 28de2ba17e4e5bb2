import { sayDuration } from '../../broadcast/templates/say-time.ts';
import { count } from '../../reports/post-mortem/say.ts';
import type { RehearsalOutcome, RehearsalReport } from '../report.ts';

const words: Record<RehearsalOutcome, string> = {
  succeeded: 'succeeded',
  'succeeded-with-exceptions': 'succeeded with exceptions',
  failed: 'failed',
  aborted: 'stopped short and was aborted',
  undone: 'was undone',
  blocked: 'was blocked: nobody could have asked for it',
};

/** Never without the words that it was a rehearsal, and never more than was seen. */
export function sayEnd(report: RehearsalReport): string {
  const unseen = unseenOf(report).length;
  const but = unseen > 0 && hasSucceeded(report) ? `, with ${count(unseen, 'check')} not exercised` : '';
  const why = hasSucceeded(report) ? '' : sayWhy(report);
  return `In rehearsal, ${report.command} ${words[report.outcome]}${but}.${why} ${sayMeasured('RTO', report.rto)} ${sayMeasured('RPO', report.rpo)}`;
}

export function hasSucceeded({ outcome }: Pick<RehearsalReport, 'outcome'>): boolean {
  return outcome === 'succeeded' || outcome === 'succeeded-with-exceptions';
}

/** Steps whose check was given what it expects. */
export function unseenOf({ steps }: Pick<RehearsalReport, 'steps'>): string[] {
  return steps.filter(({ standIn }) => standIn).map(({ id }) => id);
}

/** `yes`, `no`; what was not observed is never yes. */
export function metOf({ ms, objectiveMs }: RehearsalReport['rto']): 'yes' | 'no' | 'not shown' | null {
  if (objectiveMs === null) return null;
  if (ms === null) return 'not shown';
  return ms <= objectiveMs ? 'yes' : 'no';
}

export function sayMeasured(name: 'RTO' | 'RPO', measured: RehearsalReport['rto']): string {
  const { ms, objectiveMs } = measured;
  const found = ms === null ? 'was not observed' : `${sayDuration(ms)} in simulated time`;
  const wanted = objectiveMs === null ? 'none is set' : `${sayDuration(objectiveMs)} wanted`;
  const judged = { yes: 'met', no: 'missed', 'not shown': 'not shown to be met' };
  const met = metOf(measured);
  return `${name}: ${found}, ${wanted}${met === null ? '' : `: ${judged[met]}`}.`;
}

function sayWhy({ pauses, problems, steps }: RehearsalReport): string {
  const [first] = [
    ...problems,
    ...pauses,
    ...steps.flatMap(({ status, note }) => (status === 'failed' ? (note ?? []) : [])),
  ];
  return first === undefined ? '' : ` ${first.replace(/\.?$/, '.')}`;
}
