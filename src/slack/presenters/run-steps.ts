import type { PlannedStep } from '../../domain/plan.ts';
import { type StepState, type StepStatus, satisfied, troubled } from '../../domain/run.ts';
import { wholeSecondsBetween } from '../../domain/say-instant.ts';
import type { RunView } from '../../domain/views.ts';
import { code, said } from './escape.ts';
import { clip } from './limit.ts';
import { stepMark } from './marks.ts';
import { few } from './people.ts';
import { duration } from './times.ts';

/** Up to this many steps stand as the plan has them; above, what goes on now comes first and the rest is folded. */
const roomFor = 12;

/** Of a long run, so many lines of each status and so many names in a folded line. */
const most = { lines: 10, next: 5, names: 12 };

/** Steps that stopped short and stand above with their reason and their buttons, for Slack takes 50 blocks. */
export function troubledAbove(view: RunView): StepState[] {
  return view.steps.filter(({ status }) => troubled.includes(status)).slice(0, mostTroubled);
}

const mostTroubled = 6;

/** Of a long run, statuses whose steps have lines of their own, in this order. */
const first: readonly StepStatus[] = ['failed', 'unknown', 'drifted', 'running', 'deferred', 'skipped'];

/** One line a step: mark, what it is, how long, what it waits for. */
export function stepLines(view: RunView): string[] {
  if (view.steps.length <= roomFor) return view.steps.map((state) => stepLine(view, state));
  const of = (...statuses: StepStatus[]): StepState[] => view.steps.filter(({ status }) => statuses.includes(status));
  const [next, later] = split(of('waiting'), most.next);
  return [
    ...first.flatMap((status) => {
      const [shown, rest] = split(of(status), most.lines);
      return [...shown.map((state) => stepLine(view, state)), ...folded(rest, stepMark[status])];
    }),
    ...next.map((state) => stepLine(view, state)),
    ...folded(later, stepMark.waiting),
    ...folded(of('not-run'), stepMark['not-run']),
    ...folded(of('done', 'unchanged'), '✅ over'),
  ];
}

/** `5 of 8 steps done · 1 running`: counts of what is, so that nothing else need be read. */
export function tally(view: RunView): string {
  const count = (statuses: readonly string[]): number =>
    view.steps.filter((state) => statuses.includes(state.status)).length;
  const parts = [
    [['running'], 'running'],
    [['waiting'], 'waiting'],
    [['failed'], 'failed'],
    [['unknown'], 'unknown'],
    [['drifted'], 'drifted'],
    [['deferred'], 'deferred'],
    [['skipped'], 'left out'],
    [['not-run'], 'not run'],
  ] as const;
  const rest = parts.map(([statuses, word]) => ({ n: count(statuses), word })).filter(({ n }) => n > 0);
  return [
    `*${count(['done', 'unchanged'])} of ${view.steps.length}* steps done`,
    ...rest.map(({ n, word }) => `${n} ${word}`),
  ].join(' · ');
}

/** What has stopped short and what goes on now, by name, for where there is no room for every step. */
export function nowLines(view: RunView): string[] {
  const shown: readonly StepStatus[] = [...troubled, ...(view.run.status === 'ended' ? [] : ['running' as const])];
  return shown.flatMap((status) => {
    const steps = view.steps.filter((state) => state.status === status).map(({ id }) => code(id));
    return steps.length > 0 ? [`${stepMark[status]}: ${few(steps, 6)}`] : [];
  });
}

export function plannedOf(view: RunView, id: string): PlannedStep | undefined {
  return view.plan.steps.find((step) => step.id === id);
}

function split(states: readonly StepState[], at: number): [StepState[], StepState[]] {
  return states.length <= at + 1 ? [[...states], []] : [states.slice(0, at), states.slice(at)];
}

function folded(states: readonly StepState[], mark: string): string[] {
  if (states.length === 0) return [];
  const names = states.map(({ id }) => code(id));
  const more = names.length > most.names ? ` and ${names.length - most.names} more` : '';
  return [`${mark} (${names.length}): ${names.slice(0, most.names).join(' ')}${more}`];
}

function stepLine(view: RunView, state: StepState): string {
  const planned = plannedOf(view, state.id);
  const title = planned === undefined ? '' : ` ${said(planned.title)}`;
  const again = state.attempt > 1 ? ` · attempt ${state.attempt}` : '';
  return clip(`${stepMark[state.status]} ${code(state.id)}${title}${again}${detail(view, state, planned)}`, 400);
}

function detail(view: RunView, state: StepState, planned: PlannedStep | undefined): string {
  if (state.status === 'waiting') return waitsFor(view, planned);
  const end = state.endedAt === null ? view.now : new Date(state.endedAt);
  const took = state.startedAt === null ? '' : ` · ${duration(wholeSecondsBetween(new Date(state.startedAt), end))}`;
  if (state.status === 'running') {
    const says = view.progress[state.id] ?? state.note;
    return `${took} of about ${duration(planned?.estimateMs ?? 0)}${says ? ` · ${said(says)}` : ''}`;
  }
  if (troubledAbove(view).includes(state)) return `${took} · see above`;
  return `${took}${state.note ? ` · ${said(clip(state.note, 200))}` : ''}`;
}

function waitsFor(view: RunView, planned: PlannedStep | undefined): string {
  const status = new Map(view.steps.map((state) => [state.id, state.status]));
  const open = (planned?.needs ?? []).filter((need) => !satisfied.some((done) => done === status.get(need)));
  if (open.length > 0) return ` · after ${few(open.map(code), 3)}`;
  return planned?.always ? ' · at the end, whatever happens' : '';
}
