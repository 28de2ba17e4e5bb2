import { sayDuration } from '../broadcast/templates/say-time.ts';
import { Instant } from '../domain/duration.ts';
import { allNeedsOf, doneAt } from '../domain/health.ts';
import type { Incident } from '../domain/incident.ts';
import type { Json } from '../domain/json.ts';
import { hasRecovered, purposeOf } from '../domain/restored.ts';
import { sayUtc, wholeSecondsBetween } from '../domain/say-instant.ts';
import { type Evidence, isUndone, latest, type Measured, pairSteps, type StepEvidence } from './evidence.ts';

/** What RPO is measured by: the run, and what it comes to. */
export interface MeasuredRpo extends Measured {
  evidence: Evidence;
}

const promotion = 'rds.promote-read-replica';
/** Actions that go back to a time, and say to which. */
const restores: readonly string[] = [
  'rds.restore-to-time',
  'rds.restore-snapshot',
  'dynamodb.restore-to-time',
  'dynamodb.restore-backup',
  'dynamodb.import-from-s3',
];

/**
 * The writes that were lost, as time: from the last one that what serves now has, to the last that the old side took. Of the
 * runs that promoted, for that is lost whatever became of the run, or that recovered by going back to a time, and were not
 * put back whole: by the one that lost most, or of which nobody knows how much. Null where nothing has recovered.
 */
export function measureRpo(incident: Incident, runs: readonly Evidence[]): MeasuredRpo | null {
  const standing = runs.filter((evidence) => !isUndone(evidence, runs));
  const newest = standing.findLast(hasRecovered);
  if (!newest) return null;
  const back = standing.filter((one) => wentBack(one, runs).length > 0);
  const all = (back.length > 0 ? back : [newest]).map((evidence) => ({
    evidence,
    ...measureOf(incident, evidence, runs),
  }));
  const most = all
    .filter(({ ms }) => ms !== null)
    .toSorted((a, b) => (a.ms ?? 0) - (b.ms ?? 0))
    .at(-1);
  const unknown = all.findLast(({ ms }) => ms === null);
  if (!unknown) return most ?? null;
  if (!most?.ms) return unknown;
  return {
    ...unknown,
    explain: `${unknown.explain}; by ${most.evidence.run.command} ${sayDuration(most.ms)} were lost`,
  };
}

function measureOf(incident: Incident, evidence: Evidence, runs: readonly Evidence[]): Measured {
  const back = wentBack(evidence, runs);
  if (back.length === 0) {
    return { ms: null, explain: `${evidence.run.command} has promoted no replica, and gone back to no time` };
  }
  const points = back.map((step) => ({ step, at: newestWrite(step, evidence) }));
  const unread = points.find((point) => point.at === null);
  if (unread) return { ms: null, explain: sayUnread(unread.step) };
  const oldest = Math.min(...points.flatMap(({ at }) => at?.getTime() ?? []));
  const first = points.find(({ at }) => at?.getTime() === oldest);
  const how = first && isPromotion(first.step) ? 'last replicated' : 'restored to';
  return measureFrom(incident, { at: new Date(oldest), how }, fencesOf(evidence, runs));
}

/** Steps by which it went back to what had been kept. */
function wentBack(evidence: Evidence, runs: readonly Evidence[]): StepEvidence[] {
  if (purposeOf(evidence.plan) !== 'recovery' || evidence.run.purpose !== 'run') return [];
  return pairSteps(evidence).filter((step) => {
    if (doneAt(step) === null) return false;
    if (isPromotion(step)) return !wasPromotedBefore(step, runs);
    return hasRecovered(evidence) && restores.includes(step.planned.uses);
  });
}

/** What was found promoted lost its writes when a run did it, which knows how many. */
function wasPromotedBefore({ planned, state }: StepEvidence, runs: readonly Evidence[]): boolean {
  const promoted = runs.flatMap(pairSteps).filter((one) => isPromotion(one) && one.state.status === 'done');
  return state.status === 'unchanged' && promoted.some((one) => isSameTarget(one.planned, planned));
}

function isPromotion({ planned }: StepEvidence): boolean {
  return planned.uses === promotion;
}

/** An impact does not stop every write: the old side may take some until it is fenced, and those count. */
function measureFrom(
  incident: Incident,
  { at: kept, how }: { at: Date; how: string },
  fences: readonly Fence[],
): Measured {
  const impact = incident.impactBeganAt;
  const lost = (...until: Date[]): number => Math.max(0, ...until.map((at) => wholeSecondsBetween(kept, at)));
  const from = `${how} ${sayUtc(kept)}; the impact began ${sayUtc(impact)}`;
  const open = whyOpen(fences);
  const fenced = latest(fences.flatMap(({ at }) => at ?? []));
  if (open === null && fenced !== null) {
    return { ms: lost(impact, fenced), explain: `${from}; fenced ${sayUtc(fenced)}` };
  }
  const least = `at least ${sayDuration(lost(impact))}`;
  return { ms: null, explain: `${least}, since ${open}: it may have taken writes that are not counted; ${from}` };
}

/** An import says nothing of the time of what it reads: the export that it waits for does. */
function newestWrite(step: StepEvidence, evidence: Evidence): Date | null {
  const { output } = step.state;
  const said = output?.last_replicated_at ?? output?.restored_to ?? exportedTo(step, pairSteps(evidence));
  const at = Instant.safeParse(said);
  return at.success ? new Date(at.data) : null;
}

function exportedTo(step: StepEvidence, steps: readonly StepEvidence[]): Json | undefined {
  const before = allNeedsOf(step, steps);
  const said = steps.filter(({ planned }) => before.has(planned.id)).map(({ state }) => state.output?.exported_to);
  return said.filter((at) => typeof at === 'string').toSorted()[0];
}

function sayUnread(step: StepEvidence): string {
  const what = isPromotion(step) ? 'the last replicated point' : 'the newest write that it went back to';
  return `${step.planned.id} could not read ${what}`;
}

interface Fence {
  step: StepEvidence;
  /** Null where it was not fenced. */
  at: Date | null;
}

/** Its fences. What was fenced already was so since an earlier run, where nothing has let writers in meanwhile. */
function fencesOf(evidence: Evidence, runs: readonly Evidence[]): Fence[] {
  const before = runs.slice(0, runs.indexOf(evidence)).flatMap(pairSteps);
  return pairSteps(evidence)
    .filter(({ planned }) => planned.fence)
    .map((step) => {
      const held = step.state.status === 'unchanged' ? whatHolds(step, before) : undefined;
      return { step, at: doneAt(held ?? step) };
    });
}

/** The same fence, where it was the last effect that may have let writers in; else it counts from when it was seen. */
function whatHolds(step: StepEvidence, before: readonly StepEvidence[]): StepEvidence | undefined {
  const sent = before.filter((one) => one.state.effectSent && mayLetIn(one, step));
  const last = sent.toSorted((a, b) => endOf(a) - endOf(b)).at(-1);
  return last?.state.status === 'done' && isSameFence(last, step) ? last : undefined;
}

/** An effect on what is fenced, or for its services; but for other fences, and what changes nothing that was there. */
function mayLetIn({ planned }: StepEvidence, { planned: fence }: StepEvidence): boolean {
  if (planned.risk === 'read' || planned.keeps) return false;
  const { services } = planned;
  if (isSameTarget(planned, fence)) return true;
  const all = services.length === 0 || fence.services.length === 0;
  return !planned.fence && (all || services.some((service) => fence.services.includes(service)));
}

function endOf({ state }: StepEvidence): number {
  return state.endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(state.endedAt);
}

function isSameFence({ planned }: StepEvidence, { planned: other }: StepEvidence): boolean {
  if (!planned.fence || planned.uses !== other.uses || other.target === null) return false;
  return isSameTarget(planned, other);
}

type Aimed = Pick<StepEvidence['planned'], 'target'>;

function isSameTarget({ target: one }: Aimed, { target: other }: Aimed): boolean {
  return one?.region === other?.region && one?.resource === other?.resource;
}

/** Why the old side may still have taken writes; null when every fence held. */
function whyOpen(fences: readonly Fence[]): string | null {
  if (fences.length === 0) return 'no step fenced the old side';
  const open = fences.find(({ at }) => at === null)?.step;
  return open ? `the old side was not fenced (${open.planned.id} ended as ${open.state.status})` : null;
}
