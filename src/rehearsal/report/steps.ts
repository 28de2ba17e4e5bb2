import { sayDuration } from '../../broadcast/templates/say-time.ts';
import { plain, section, table } from '../../reports/post-mortem/markdown.ts';
import type { RehearsalReport, RehearsedStep } from '../report.ts';

/** Slower than expected is worth a word from here on. */
const slower = 1.25;
const slowerByMs = 15_000;

/** Each step's time beside what it was expected to take. */
export function writeSteps({ steps, elapsedMs, criticalPathMs }: RehearsalReport): string[] {
  const rows = steps.map((step) => [
    plain(step.id),
    plain(step.title),
    `${step.status}${step.standIn ? ', **not exercised**' : ''}`,
    step.tookMs === null ? '' : sayDuration(step.tookMs),
    sayDuration(step.estimateMs),
    plain([sayPace(step), step.note ?? ''].filter((part) => part !== '').join('; ')),
  ]);
  const whole = elapsedMs === null ? 'Nothing was run.' : `The run took ${sayDuration(elapsedMs)} in simulated time.`;
  return section('Steps', table(['Step', '', 'Came to', 'Took', 'Expected', ''], rows), [
    `${whole} Its critical path was expected to take ${sayDuration(criticalPathMs)}.`,
  ]);
}

export function isSlow({ tookMs, estimateMs }: RehearsedStep): boolean {
  return tookMs !== null && tookMs > estimateMs * slower && tookMs - estimateMs > slowerByMs;
}

function sayPace(step: RehearsedStep): string {
  return isSlow(step) ? 'slower than expected' : '';
}
