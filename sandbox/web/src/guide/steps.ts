import { isIncident } from '../../../../src/domain/incident.ts';
import type { RecoveryNews } from '../../../recovery-news.ts';

/** Where the guided run stands: what a person does next, or what is looked on at. `held`: a person paused it; `accept`: it succeeded with exceptions. */
export type GuideStep =
  | 'declare'
  | 'ask'
  | 'approve'
  | 'run'
  | 'held'
  | 'paused'
  | 'failed'
  | 'resolve'
  | 'accept'
  | 'measured';

/** What Muster told says it, whoever did it; incidents up to the number `after` were there before the guide began. */
export function stepOf(news: RecoveryNews | null | undefined, after: number): GuideStep {
  if (!news || !isIncident(news.incident.incident) || news.incident.incident.id <= after) return 'declare';
  const { incident, run } = news;
  if (incident.recovery !== null) return 'measured';
  if (run === null) return askedOf(news) ? 'approve' : 'ask';
  // It stays the current one until what is asked for next has been approved.
  if (run.run.status === 'ended' && askedOf(news)) return 'approve';
  if (run.run.status === 'paused') return heldBy(run.run.note) === null ? 'paused' : 'held';
  if (run.run.status !== 'ended') return 'run';
  if (run.run.outcome === 'succeeded-with-exceptions') return 'accept';
  return run.run.outcome === 'succeeded' ? 'resolve' : 'failed';
}

/** Who paused a run, by the note that Muster writes then; null where a step did. */
export function heldBy(note: string | null | undefined): string | null {
  return /^paused by ([^:\s]+)/.exec(note ?? '')?.[1] ?? null;
}

/** What a run waits for to begin. */
export function askedOf({ consents }: RecoveryNews): RecoveryNews['consents'][number] | undefined {
  return consents.find(({ runId }) => runId === null);
}

/** The titles of what runs now, in the order of the plan. */
export function runningNow({ run }: RecoveryNews): string[] {
  if (run === null) return [];
  const running = run.steps.filter(({ status }) => status === 'running').map(({ id }) => id);
  return run.plan.steps.filter(({ id }) => running.includes(id)).map(({ title }) => title);
}
