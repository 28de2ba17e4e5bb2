import { sayDuration } from '../broadcast/templates/say-time.ts';
import { Instant } from '../domain/duration.ts';
import type { Incident } from '../domain/incident.ts';
import { sayUtc, wholeSecondsBetween } from '../domain/say-instant.ts';
import { doneAt, type Evidence, latest, type Measured, pairSteps, type StepEvidence } from './evidence.ts';

const promotion = 'rds.promote-read-replica';

/** Whether a run has made a replica the one that takes writes, whatever became of the run. */
export function hasPromoted(evidence: Evidence): boolean {
  return pairSteps(evidence).some((step) => step.planned.uses === promotion && doneAt(step) !== null);
}

/** The writes that were lost, as time: from the last one that was replicated to the last that the old side took. */
export function measureRpo(incident: Incident, evidence: Evidence): Measured {
  const steps = pairSteps(evidence);
  const promotions = steps.filter(({ planned }) => planned.uses === promotion);
  if (promotions.length === 0) return { ms: null, explain: `${evidence.run.command} has promoted no replica` };
  const points = promotions.map((step) => ({ step, at: lastReplicated(step) }));
  const unread = points.find((point) => point.at === null);
  if (unread) return { ms: null, explain: `${unread.step.planned.id} could not read the last replicated point` };
  const oldest = Math.min(...points.flatMap(({ at }) => at?.getTime() ?? []));
  return measureFrom(incident, new Date(oldest), steps);
}

/** An impact does not stop every write: the old side may take some until it is fenced, and those count. */
function measureFrom(incident: Incident, replicated: Date, steps: readonly StepEvidence[]): Measured {
  const impact = incident.impactBeganAt;
  const lost = (...until: Date[]): number => Math.max(0, ...until.map((at) => wholeSecondsBetween(replicated, at)));
  const from = `last replicated ${sayUtc(replicated)}; the impact began ${sayUtc(impact)}`;
  const open = whyOpen(steps);
  const fenced = latest(steps.flatMap((step) => (step.planned.fence ? (doneAt(step) ?? []) : [])));
  if (open === null && fenced !== null) {
    return { ms: lost(impact, fenced), explain: `${from}; fenced ${sayUtc(fenced)}` };
  }
  const least = `at least ${sayDuration(lost(impact))}`;
  return { ms: null, explain: `${least}, since ${open}: it may have taken writes that are not counted; ${from}` };
}

function lastReplicated({ state }: StepEvidence): Date | null {
  const at = Instant.safeParse(state.output?.last_replicated_at);
  return at.success ? new Date(at.data) : null;
}

/** Why the old side may still have taken writes; null when every fence held. */
function whyOpen(steps: readonly StepEvidence[]): string | null {
  const fences = steps.filter(({ planned }) => planned.fence);
  if (fences.length === 0) return 'no step fenced the old side';
  const open = fences.find((fence) => doneAt(fence) === null);
  return open ? `the old side was not fenced (${open.planned.id} ended as ${open.state.status})` : null;
}
