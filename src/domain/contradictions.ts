import type { Json, JsonObject } from './json.ts';
import type { Plan, PlannedStep } from './plan.ts';
import type { StepState } from './run.ts';

/** Something that a run has changed and left changed: the code that describes the infrastructure says otherwise now. */
export interface Contradiction {
  step: string;
  region: string;
  /** `ecs:dr-cluster/app-service`, `rds:dr-database`. */
  resource: string;
  field: string;
  /** Undefined where it was not read. */
  before: Json | undefined;
  after: Json;
  /** False where the effect was sent and what became of it was not seen. */
  seen: boolean;
}

/** How a step stands against what was asked, or how it was asked: nothing that infrastructure has. */
const notInfrastructure: readonly string[] = ['standing', 'asked', 'running', 'status', 'answered', 'to'];
/** Names of captured fields that a plan calls otherwise. */
const planName: Record<string, string> = { count: 'desired' };

/**
 * What a run has left changed, field by field, in written order. `captured` is the state that was read just before each
 * effect, by step: truer than the plan's own reading where both have a field.
 */
export function contradictions(
  plan: Pick<Plan, 'steps'>,
  steps: readonly Pick<StepState, 'id' | 'status' | 'effectSent'>[],
  captured: Readonly<Record<string, JsonObject>> = {},
): Contradiction[] {
  const sent = new Map(steps.filter((step) => step.effectSent).map((step) => [step.id, step.status]));
  return plan.steps.flatMap((planned) => {
    const status = sent.get(planned.id);
    if (status === undefined || planned.target === null || planned.risk === 'read') return [];
    const before = { ...planned.before, ...named(planned, captured[planned.id]) };
    return changesOf(planned, before).map((change) => ({
      ...change,
      seen: status === 'done' || status === 'unchanged',
    }));
  });
}

/** What several runs have left changed together, in the order in which they ran: what was put back is not in it. */
export function netContradictions(changes: readonly Contradiction[]): Contradiction[] {
  const net = new Map<string, Contradiction>();
  for (const change of changes) {
    const key = JSON.stringify([change.region, change.resource, change.field]);
    net.set(key, { ...change, before: (net.get(key) ?? change).before });
  }
  return [...net.values()].filter(({ seen, before, after }) => !seen || before === undefined || !isSame(before, after));
}

/** `ecs:prod-cluster/app-service in us-east-1: desired 4 → 0`, one line for each resource. */
export function sayContradictions(changes: readonly Contradiction[]): string[] {
  const places = new Map<string, Contradiction[]>();
  for (const change of changes) {
    const place = `${change.resource} in ${change.region}`;
    places.set(place, [...(places.get(place) ?? []), change]);
  }
  return [...places].map(([place, all]) => `${place}: ${all.map(sayChange).join(', ')}`);
}

function sayChange({ field, before, after, seen }: Contradiction): string {
  const from = before === undefined ? '' : ` ${sayValue(before)}`;
  return `${field}${from} → ${sayValue(after)}${seen ? '' : ' (not seen)'}`;
}

function sayValue(value: Json): string {
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function changesOf({ id, target, after }: PlannedStep, before: JsonObject): Omit<Contradiction, 'seen'>[] {
  if (target === null) return [];
  return Object.entries(after)
    .filter(
      ([field, value]) => !notInfrastructure.includes(field) && !(field in before && isSame(before[field], value)),
    )
    .map(([field, value]) => ({
      step: id,
      region: target.region,
      resource: target.resource,
      field,
      before: before[field],
      after: value,
    }));
}

/** Only captured fields of which the plan has a reading too, and in its shape. */
function named(planned: PlannedStep, captured: JsonObject = {}): JsonObject {
  const renamed = Object.entries(captured).map(([field, value]) => [planName[field] ?? field, value] as const);
  return Object.fromEntries(
    renamed.filter(([field, value]) => field in planned.after && typeof value === typeof planned.after[field]),
  );
}

function isSame(one: Json | undefined, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
