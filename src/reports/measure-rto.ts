import type { Incident } from '../domain/incident.ts';
import { sayUtc, wholeSecondsBetween } from '../domain/say-instant.ts';
import { doneAt, type Evidence, latest, type Measured, pairSteps, type StepEvidence } from './evidence.ts';

/** Actions whose success shows that people are served. */
const servedActions: readonly string[] = ['http.check', 'cloudwatch.check-metric'];
/** Healthy targets serve people only where traffic already goes to them. */
const unmovedActions: readonly string[] = [...servedActions, 'elb.check-targets'];

/** Whether a run has brought traffic to where it is now. */
export function hasMovedTraffic(evidence: Evidence): boolean {
  return movesOf(pairSteps(evidence)).some((step) => doneAt(step) !== null);
}

/** From the beginning of the impact to the last health check that passed after the last change. */
export function measureRto(incident: Incident, evidence: Evidence): Measured {
  const steps = pairSteps(evidence);
  const moves = movesOf(steps);
  const [unmoved] = moves;
  if (unmoved && !hasMovedTraffic(evidence)) {
    const ended = `${unmoved.planned.id} ended as ${unmoved.state.status}`;
    return {
      ms: null,
      explain: `no traffic was moved in ${evidence.run.command}: ${ended}, so nobody was seen served`,
    };
  }
  const change = lastChange(moves.length > 0 ? moves : steps.filter(({ planned }) => planned.risk !== 'read'));
  const actions = moves.length > 0 ? servedActions : unmovedActions;
  const checks = steps.filter(({ planned }) => actions.includes(planned.uses));
  const after = checks.filter((check) => isAfter(check, change));
  const seen = latest(after.flatMap((check) => doneAt(check) ?? []));
  if (!seen) return { ms: null, explain: explainMissing(evidence, checks, change) };
  const by = after.find((check) => doneAt(check)?.getTime() === seen.getTime())?.planned.id;
  return {
    ms: Math.max(0, wholeSecondsBetween(incident.impactBeganAt, seen)),
    explain: `from the impact at ${sayUtc(incident.impactBeganAt)} until ${by} saw health at ${sayUtc(seen)}`,
  };
}

function movesOf(steps: readonly StepEvidence[]): StepEvidence[] {
  return steps.filter(({ planned }) => planned.traffic !== 'none');
}

/** The last move of traffic; in a run that moves none, the last effect. */
function lastChange(changes: readonly StepEvidence[]): { id: string; at: Date } | null {
  return changes
    .flatMap((step) => {
      const at = doneAt(step);
      return at ? [{ id: step.planned.id, at }] : [];
    })
    .reduce<{ id: string; at: Date } | null>((last, one) => (last === null || one.at >= last.at ? one : last), null);
}

function isAfter(check: StepEvidence, change: { at: Date } | null): boolean {
  if (!change) return true;
  return check.state.startedAt !== null && new Date(check.state.startedAt) >= change.at;
}

function explainMissing({ run }: Evidence, checks: readonly StepEvidence[], change: { id: string } | null): string {
  const after = change ? ` after ${change.id}` : '';
  const [check] = checks.filter((one) => doneAt(one) === null);
  if (check)
    return `health was not observed${after}: ${check.planned.id} ended as ${check.state.status} in ${run.command}`;
  return `health was not observed${after}: ${run.command} has no check that passed then`;
}
