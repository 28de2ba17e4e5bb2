import { z } from 'zod';
import type { Target } from './action.ts';
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

/** What a step was about to do when its effect was sent; null in what an earlier version has recorded. */
export interface SentEffect {
  /** State that was read just before, to be put back. */
  captured: JsonObject;
  target: Target | null;
  before: JsonObject | null;
  after: JsonObject | null;
  /** What the step gave; null while it has not ended well. */
  output: JsonObject | null;
}

/** How a step stands against what was asked, or how it was asked: nothing that infrastructure has. */
const notInfrastructure: readonly string[] = [
  'standing',
  'asked',
  'running',
  'status',
  'answered',
  'to',
  'connections',
  'enabled',
  'meanwhile',
];
/** Names of captured fields that a plan calls otherwise. */
const planName: Record<string, string> = { count: 'desired' };
/** Actions that only keep a copy: no infrastructure is otherwise for it. */
const copying: readonly string[] = [
  'dynamodb.create-backup',
  'dynamodb.export-to-s3',
  'ec2.snapshot-evidence',
  'lambda.back-up',
  'rds.copy-snapshot',
  'rds.create-snapshot',
];
/** Actions that make something beside what is there, and the output that names it. */
export const making: Readonly<Record<string, string>> = {
  'dynamodb.import-from-s3': 'table',
  'dynamodb.restore-backup': 'table',
  'dynamodb.restore-to-time': 'table',
  'rds.restore-snapshot': 'instance',
  'rds.restore-to-time': 'instance',
};
/** Actions that take away what a run has made, and the output that names it. */
export const deleting: Readonly<Record<string, string>> = {
  'dynamodb.delete-table': 'table',
  'rds.delete-instance': 'instance',
};
const swapping = 'rds.swap-identifier';

/**
 * What a run has left changed, field by field, in written order. `sent` is what was read and meant just before each effect,
 * by step: truer than the plan, which was made before the run had done anything.
 */
export function contradictions(
  plan: Pick<Plan, 'steps'>,
  steps: readonly Pick<StepState, 'id' | 'status' | 'effectSent'>[],
  sent: Readonly<Record<string, SentEffect>> = {},
): Contradiction[] {
  const touched = new Map(steps.filter((step) => step.effectSent).map((step) => [step.id, step.status]));
  return plan.steps.flatMap((planned) => {
    const status = touched.get(planned.id);
    if (status === undefined || planned.risk === 'read' || copying.includes(planned.uses)) return [];
    const seen = status === 'done' || status === 'unchanged';
    return changesOf(planned, sent[planned.id]).map((change) => ({ ...change, seen }));
  });
}

/**
 * What several runs have left changed together, in the order in which they ran: what was put back is not in it, and what
 * was renamed on the way stands under the name that it has now.
 */
export function netContradictions(changes: readonly Contradiction[]): Contradiction[] {
  const net = new Map<string, Contradiction>();
  /** What each place that was renamed was called at the beginning. */
  const first = new Map<string, string>();
  for (const change of changes) {
    const at = placeOf(change);
    const origin = first.get(at) ?? at;
    if (change.field === 'renamed') {
      first.delete(at);
      first.set(placeOf({ ...change, resource: sayValue(change.after) }), origin);
    }
    const key = JSON.stringify([origin, change.field]);
    const before = (net.get(key) ?? change).before;
    const isOwn = change.field === 'gone' && net.has(JSON.stringify([origin, 'made']));
    if (isOwn && change.seen) forget(net, origin);
    else net.set(key, { ...change, before });
  }
  const now = new Map([...first].map(([at, origin]) => [origin, at]));
  return [...net].flatMap(([key, change]) => {
    const resource = resourceOf(now.get(originOf(key)) ?? originOf(key));
    const { seen, before } = change;
    const after = change.field === 'renamed' ? resource : change.after;
    const isLeft = !seen || before === undefined || !isSame(before, after);
    return isLeft ? [{ ...change, resource, after }] : [];
  });
}

function placeOf({ region, resource }: Pick<Contradiction, 'region' | 'resource'>): string {
  return JSON.stringify([region, resource]);
}

function resourceOf(place: string): string {
  return z.tuple([z.string(), z.string()]).parse(JSON.parse(place))[1];
}

function originOf(key: string): string {
  return z.tuple([z.string(), z.string()]).parse(JSON.parse(key))[0];
}

/** What was made on the way and is gone again is no difference. */
function forget(net: Map<string, Contradiction>, origin: string): void {
  for (const key of net.keys()) if (originOf(key) === origin) net.delete(key);
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
  const doubt = seen ? '' : ' (not seen)';
  if (field === 'made') return `new${doubt}`;
  if (field === 'gone') return `deleted${doubt}`;
  if (field === 'renamed') return `was called ${sayValue(before ?? null)}${doubt}`;
  const from = before === undefined ? '' : ` ${sayValue(before)}`;
  return `${field}${from} → ${sayValue(after)}${doubt}`;
}

function sayValue(value: Json): string {
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function changesOf(planned: PlannedStep, sent: SentEffect | undefined): Omit<Contradiction, 'seen'>[] {
  const target = sent?.target ?? planned.target;
  if (target === null) return [];
  const { region } = target;
  const of = { step: planned.id, region, resource: realName(planned, target, sent) };
  if (planned.uses in making) return [{ ...of, field: 'made', before: undefined, after: true }];
  if (planned.uses in deleting) return [{ ...of, field: 'gone', before: undefined, after: true }];
  const after = sent?.after ?? planned.after;
  if (planned.uses === swapping) return renamesOf(of, after);
  const before = sent?.before ?? { ...planned.before, ...named(planned, sent?.captured) };
  return Object.entries(after)
    .filter(([field]) => !notInfrastructure.includes(field))
    .filter(([field, value]) => !isPlaceholder(value) && !(field in before && isSame(before[field], value)))
    .map(([field, value]) => ({ ...of, field, before: before[field], after: value }));
}

/** What a run makes, and takes away again, has a name that only the run can give: it is known once it was sent. */
export function realName({ uses }: PlannedStep, { resource }: Target, sent: SentEffect | undefined): string {
  const field = making[uses] ?? deleting[uses];
  if (field === undefined || sent === undefined) return resource;
  const name = sent.output?.[field] ?? sent.captured[field] ?? sent.after?.name;
  return typeof name === 'string' ? `${resource.split(':')[0]}:${name}` : resource;
}

/** The old one goes aside, and the other takes its name. */
function renamesOf(
  of: Pick<Contradiction, 'step' | 'region' | 'resource'>,
  { held_by: other, aside }: JsonObject,
): Omit<Contradiction, 'seen'>[] {
  if (typeof other !== 'string' || typeof aside !== 'string') return [];
  const rename = (from: string, to: string) => ({ ...of, resource: from, field: 'renamed', before: from, after: to });
  return [rename(of.resource, `rds:${aside}`), rename(`rds:${other}`, of.resource)];
}

/** What stands in a plan for a name that only a run can give. */
function isPlaceholder(value: Json): boolean {
  return typeof value === 'string' && value.endsWith('-RUN');
}

/** Only captured fields of which the plan has a reading too, and in its shape. */
function named(planned: PlannedStep, captured: JsonObject = {}): JsonObject {
  const renamed = Object.entries(captured).map(([field, value]) => [planName[field] ?? field, value] as const);
  return Object.fromEntries(
    renamed.filter(
      ([field, value]) => value !== null && field in planned.after && typeof value === typeof planned.after[field],
    ),
  );
}

function isSame(one: Json | undefined, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
