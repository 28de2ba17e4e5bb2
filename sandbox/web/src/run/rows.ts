import { instructionsOf } from '../../../../src/domain/checkpoint.ts';
import { satisfied } from '../../../../src/domain/run.ts';
import { wholeSecondsBetween } from '../../../../src/domain/say-instant.ts';
import { sayDuration } from '../frame/times.ts';
import { brief } from './brief.ts';
import { type Look, words } from './looks.ts';
import { type Ahead, rowsInOrder } from './schedule.ts';
import type { Shown, ShownState, ShownStep } from './shown.ts';
import { type Span, spansOf } from './spans.ts';

/** A line of the chart, in time; where that falls is the scale's to say. */
export interface TimedRow {
  key: string;
  label: string;
  look: Look;
  critical: boolean;
  /** Its effect cannot be taken back. */
  noReturn: boolean;
  spans: Span[];
  ahead: Ahead;
  /** Which attempt it is at: 0 before the first. */
  attempt: number;
  /** What stands beside the bar, in few letters: `running 6m 33s`. */
  says: string;
  /** For those who listen, and for the pointer: all that the line shows, and why. */
  more: string[];
}

/** The steps, each under what people were asked about it; first of all what people were asked to begin with. */
export function rowsOf(shown: Shown, expected: ReadonlyMap<string, Ahead>, now: number): TimedRow[] {
  const asked = askedRows(shown, now);
  const first = asked.filter(({ step }) => step === null);
  const steps = rowsInOrder(shown.plan.steps).flatMap((step) => [
    stepRow(shown, step, expected.get(step.id) ?? null, now),
    ...asked.filter((one) => one.step === step.id).map(({ row }) => row),
  ]);
  return [...first.map(({ row }) => row), ...steps];
}

function stepRow(shown: Shown, step: ShownStep, ahead: Ahead, now: number): TimedRow {
  const state = shown.run?.steps.find(({ id }) => id === step.id);
  const look = lookOf(step, state);
  const spans = spansOf(shown, step, state, now);
  const critical = shown.plan.criticalPath.includes(step.id);
  const noReturn = shown.plan.pointOfNoReturn === step.id;
  return {
    key: step.id,
    label: step.id,
    look,
    critical,
    noReturn,
    attempt: state?.attempt ?? 0,
    spans,
    ahead,
    says: saysOf(shown, step, state, now),
    more: [
      step.title,
      ...((state?.attempt ?? 0) > 1 ? [`attempt ${state?.attempt}`] : []),
      ...(step.noChange ? [] : [`estimated at ${sayDuration(step.estimateMs / 1000)}`]),
      ...(critical ? ['on the critical path'] : []),
      ...(noReturn ? ['cannot be taken back'] : []),
      ...(look === 'person' && instructionsOf(step) !== '' ? [instructionsOf(step)] : []),
      ...notesOf(shown, state),
    ],
  };
}

function lookOf(step: ShownStep, state: ShownState | undefined): Look {
  if (state?.status === 'running' && step.kind === 'human') return 'person';
  return state?.status ?? 'waiting';
}

function notesOf({ run }: Shown, state: ShownState | undefined): string[] {
  const progress = state === undefined ? undefined : run?.progress[state.id];
  return [progress, state?.note].filter((note) => note !== null && note !== undefined && note !== '') as string[];
}

function saysOf({ run }: Shown, step: ShownStep, state: ShownState | undefined, now: number): string {
  const word = words[lookOf(step, state)];
  if (state === undefined) return step.noChange ? words.unchanged : `about ${brief(step.estimateMs)}`;
  if (state.status === 'waiting') return waitsFor(run?.steps ?? [], step, run?.run.status === 'aborting');
  if (state.startedAt === null) return word;
  const end = state.endedAt === null ? now : Date.parse(state.endedAt);
  return `${word} ${brief(wholeSecondsBetween(new Date(state.startedAt), new Date(end)))}`;
}

/** At most this many names stand beside a bar. */
const mostNames = 2;

function waitsFor(states: readonly ShownState[], step: ShownStep, aborting: boolean): string {
  if (aborting && !step.always) return 'is not started any more';
  const open = step.needs.filter((need) => {
    const status = states.find(({ id }) => id === need)?.status;
    return status !== undefined && !satisfied.includes(status);
  });
  if (open.length === 0) return step.always ? 'at the end' : 'is next';
  const rest = open.length > mostNames ? ` and ${open.length - mostNames} more` : '';
  return `after ${open.slice(0, mostNames).join(', ')}${rest}`;
}

/** Questions to people: those that wait, and those that are over. A question that needed nobody is none. */
function askedRows(shown: Shown, now: number): { step: string | null; row: TimedRow }[] {
  const { run, news } = shown;
  const waiting = news.consents
    .filter(({ plan, runId }) => (run === null ? plan.id === shown.plan.id : runId === run.run.id))
    .map((consent) => ({ ...consent, endedAt: null }));
  const over = run === null ? [] : news.answered.filter(({ needed }) => needed > 0);
  return [...over, ...waiting].map((consent) => {
    const from = Date.parse(consent.requestedAt);
    const to = Math.max(from, consent.endedAt === null ? now : Date.parse(consent.endedAt));
    const look: Look = consent.state === 'pending' ? 'person' : consent.state === 'granted' ? 'approved' : 'lapsed';
    const by = consent.brokenGlass?.by ?? consent.approvals.map((one) => one.by).join(', ');
    const took = brief(wholeSecondsBetween(new Date(from), new Date(to)));
    const says = {
      person: `waits ${took}`,
      approved: `${consent.brokenGlass ? 'glass broken ' : ''}by ${by}, ${took}`,
      lapsed: consent.state,
    }[look];
    const row: TimedRow = {
      key: `consent:${consent.id}`,
      label: consent.amendment === null ? 'approval' : '↳ approval',
      look,
      critical: false,
      noReturn: false,
      attempt: 0,
      spans: [{ from, to, look }],
      ahead: null,
      says,
      more: [words[look], `${consent.requestedBy} asks, code ${consent.code}`, ...reasonOf(consent)],
    };
    return { step: consent.amendment?.step ?? null, row };
  });
}

function reasonOf({ amendment }: Pick<Shown['news']['answered'][number], 'amendment'>): string[] {
  return amendment === null ? [] : [`${amendment.kind.replace('-', ' ')}: ${amendment.reason}`];
}
