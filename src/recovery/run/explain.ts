import prettyMs from 'pretty-ms';
import { Refusal } from '../../domain/errors.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import { troubled } from '../../domain/run.ts';
import { sayOutput } from '../../domain/say-output.ts';
import { type Cause, causeOf, sayTrouble } from '../../domain/trouble.ts';
import type { Attempt, Outcome, Settled } from './work.ts';

type Ended = Outcome & Pick<Settled, 'effectSent'>;

/** What a step has come to, for people: where it stopped short, the thing, what was expected, what was found, what to do. */
export function explain({ approved, byGuard }: Pick<Attempt, 'approved' | 'byGuard'>, ended: Ended): Settled {
  const { status, note, output, effectSent } = ended;
  if (!troubled.includes(status) || ended.isWhole) return { status, note, output, effectSent };
  const told = sayTrouble({
    thing: thingOf(approved),
    expected: ended.expected ?? expectationOf(approved),
    found: note ?? 'nothing that says why',
    next: byGuard ? null : nextOf(approved, ended),
  });
  return { status, note: told, output, effectSent };
}

/** What was thrown. A Refusal says all that there is to say. */
export function sayThrown(error: unknown): Pick<Outcome, 'cause' | 'isWhole'> & { note: string } {
  const note = error instanceof Error ? error.message : String(error);
  const cause = causeOf(error);
  return { note, ...(cause ? { cause } : {}), ...(error instanceof Refusal ? { isWhole: true as const } : {}) };
}

/** Of what only reads, and so lands nowhere: what it was asked about. */
function thingOf({ target, uses, input }: PlannedStep): string {
  if (target) return `${target.resource} in ${target.region}`;
  const asked = sayOutput(input);
  return asked === null ? uses : `${uses} (${asked})`;
}

function expectationOf({ title, before, after, binds, checks, timeoutMs }: PlannedStep): string {
  const changed = binds.filter((field) => field in after && !isSame(before[field], after[field]));
  const become = sayOutput(pickFrom(after, changed.length > 0 ? changed : Object.keys(after)));
  const asked = checks.map((check) => `${check.title}: ${check.expected}`).slice(0, 2);
  const what = become ?? asked.join('; ');
  return `“${title}”${what === '' ? '' : ` (${what})`} within ${prettyMs(timeoutMs, { unitCount: 2 })}`;
}

function pickFrom(from: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(fields.map((field) => [field, from[field] ?? null]));
}

function isSame(before: Json | undefined, after: Json | undefined): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function nextOf(approved: PlannedStep, ended: Ended): string {
  const { status, cause, effectSent } = ended;
  const retry = `retry ${approved.id}`;
  if (status === 'drifted') return `see who changed it; ${retry} plans it again and asks for consent to what is there.`;
  const wait = approved.fence ? ', or defer the fence' : '';
  const next = cause ? remedies[cause](retry, wait) : wayOn(approved, ended, retry);
  return effectSent ? `${next} ${sayRepeat(approved)}` : next;
}

/** A check finds the same again until what it looks at has changed; what has failed for good stands in the way of a retry. */
function wayOn({ kind }: PlannedStep, { status, effectSent }: Ended, retry: string): string {
  if (kind === 'read' && status === 'failed')
    return `mend what it looks at, then ${retry}; where that cannot be mended, abort and plan again with other values.`;
  const isSpent = kind === 'once' && status === 'failed' && effectSent;
  const anew = isSpent ? '; where it has failed for good, abort and plan again: a new run sends it anew' : '';
  return `look at it yourself, mend what stands in its way, then ${retry}${anew}.`;
}

/** What becomes of an effect that was sent already. */
function sayRepeat({ kind }: PlannedStep): string {
  return kind === 'once'
    ? 'What was sent is looked up first and never sent twice.'
    : 'It was sent before: sent again, it comes to the same.';
}

const afar = (retry: string, wait: string): string =>
  `see whether it, or the way to it, is in trouble (AWS Health tells of AWS); ${retry} once it answers${wait}.`;

const remedies: Record<Cause, (retry: string, wait: string) => string> = {
  throttled: (retry) =>
    `AWS limits how often this account may ask, and Muster slows down: wait a minute, then ${retry}.`,
  'timed-out': afar,
  unreachable: afar,
  failed: afar,
  credentials: (retry) => `renew the AWS credentials that Muster runs with, then ${retry}.`,
  denied: (retry) => `give Muster the right to it (muster iam-policy prints what it needs of AWS), then ${retry}.`,
  'not-found': (retry) => `find out who deleted it; ${retry} once it is there again, or abort and plan without it.`,
  refused: (retry) => `mend what is named here, then ${retry}.`,
};
