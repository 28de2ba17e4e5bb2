import { Instant } from '../domain/duration.ts';
import type { Incident } from '../domain/incident.ts';
import { sayUtc } from '../domain/say-instant.ts';
import { doneAt, type Evidence, latest, type Measured, pairSteps, type StepEvidence } from './evidence.ts';

const promotion = 'rds.promote-read-replica';

/** The writes that were lost, as time: from the last one that was replicated to the last that the old side took. */
export function measureRpo(incident: Incident, evidence: Evidence): Measured {
  const steps = pairSteps(evidence);
  const promotions = steps.filter(({ planned }) => planned.uses === promotion);
  if (promotions.length === 0) return { ms: null, explain: `${evidence.run.command} has promoted no replica` };
  const points = promotions.map((step) => ({ step, at: lastReplicated(step) }));
  const unread = points.find((point) => point.at === null);
  if (unread) return { ms: null, explain: `${unread.step.planned.id} could not read the last replicated point` };
  const oldest = Math.min(...points.flatMap(({ at }) => at?.getTime() ?? []));
  return measureFrom(incident, new Date(oldest), fencedAt(steps));
}

/** Writes after the impact began count when the old side was still taking them: until it was fenced. */
function measureFrom(incident: Incident, replicated: Date, fenced: Date | null): Measured {
  const impact = incident.impactBeganAt;
  const from = `last replicated ${sayUtc(replicated)}`;
  if (replicated <= impact) {
    return {
      ms: impact.getTime() - replicated.getTime(),
      explain: `${from}; the impact began ${sayUtc(impact)}`,
    };
  }
  if (!fenced) {
    return {
      ms: null,
      explain: `${from}, after the impact began; the old side was not fenced, so its last write is not known`,
    };
  }
  return {
    ms: Math.max(0, fenced.getTime() - replicated.getTime()),
    explain: `${from}; fenced ${sayUtc(fenced)}`,
  };
}

function lastReplicated({ state }: StepEvidence): Date | null {
  const at = Instant.safeParse(state.output?.last_replicated_at);
  return at.success ? new Date(at.data) : null;
}

/** When the last fence held; null when there is none, or one was deferred or skipped. */
function fencedAt(steps: readonly StepEvidence[]): Date | null {
  const fences = steps.filter(({ planned }) => planned.fence);
  const held = fences.map((fence) => doneAt(fence));
  return held.includes(null) ? null : latest(held.flatMap((at) => at ?? []));
}
