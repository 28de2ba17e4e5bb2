import { type Health, hasMoved, healthChecks, seeHealth } from '../domain/health.ts';
import type { Incident } from '../domain/incident.ts';
import { hasRecovered } from '../domain/restored.ts';
import { troubled } from '../domain/run.ts';
import { sayUtc, wholeSecondsBetween } from '../domain/say-instant.ts';
import { type Evidence, isBeingUndone, type Measured, pairSteps } from './evidence.ts';

/** What RTO is measured by: the run, and what it comes to. */
export interface MeasuredRto extends Measured {
  evidence: Evidence;
}

/**
 * From the beginning of the impact to the first time that people were seen served, and that was not followed by a check that
 * saw otherwise. A run that moves traffic says more than one that moves none. Null where nothing has recovered, or all of
 * that was undone.
 */
export function measureRto(incident: Incident, runs: readonly Evidence[]): MeasuredRto | null {
  const recovered = runs.filter((evidence) => hasRecovered(evidence) && !isBeingUndone(evidence, runs));
  const moved = recovered.filter((evidence) => hasMoved(pairSteps(evidence)));
  const all = (moved.length > 0 ? moved : recovered).map((evidence) => ({
    evidence,
    ...measureOf(incident, evidence, runs),
  }));
  return all.find(({ ms }) => ms !== null) ?? all.at(-1) ?? null;
}

function measureOf(incident: Incident, evidence: Evidence, runs: readonly Evidence[]): Measured {
  const health: Health = seeHealth(evidence.run.command, pairSteps(evidence));
  if (!health.seen) return { ms: null, explain: health.why };
  const { step, at } = health;
  const lost = lossAfter(at, runs);
  if (lost !== null) return { ms: null, explain: `health that ${step} saw at ${sayUtc(at)} did not last: ${lost}` };
  return {
    ms: Math.max(0, wholeSecondsBetween(incident.impactBeganAt, at)),
    explain: `from the impact at ${sayUtc(incident.impactBeganAt)} until ${step} saw health at ${sayUtc(at)}`,
  };
}

/** What a later check saw otherwise, whatever its command is for; null where none did. */
function lossAfter(at: Date, runs: readonly Evidence[]): string | null {
  for (const evidence of runs) {
    const lost = healthChecks(pairSteps(evidence)).find(
      ({ state }) => troubled.includes(state.status) && state.endedAt !== null && new Date(state.endedAt) > at,
    );
    if (lost) return `${lost.planned.id} of ${evidence.run.command} ended as ${lost.state.status} later`;
  }
  return null;
}
