import type { PlannedStep } from '../../domain/plan.ts';
import { type StepState, satisfied } from '../../domain/run.ts';
import type { RunView } from '../../domain/views.ts';
import { code, said } from './escape.ts';
import { clip } from './limit.ts';
import { stepMark } from './marks.ts';
import { joined } from './people.ts';
import { duration } from './times.ts';

/** Above this many steps, those that are over share a line. */
const roomFor = 25;

/** One line a step: mark, what it is, how long, what it waits for. */
export function stepLines(view: RunView): string[] {
  const over = view.steps.filter(isOver);
  if (view.steps.length <= roomFor || over.length === 0) return view.steps.map((state) => stepLine(view, state));
  const folded = `✅ ${over.length} steps are over: ${clip(over.map((state) => code(state.id)).join(' '), 1500)}`;
  return [folded, ...view.steps.filter((state) => !isOver(state)).map((state) => stepLine(view, state))];
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
    [['skipped', 'deferred'], 'left out'],
    [['not-run'], 'not run'],
  ] as const;
  const rest = parts.map(([statuses, word]) => ({ n: count(statuses), word })).filter(({ n }) => n > 0);
  return [
    `*${count(['done', 'unchanged'])} of ${view.steps.length}* steps done`,
    ...rest.map(({ n, word }) => `${n} ${word}`),
  ].join(' · ');
}

export function plannedOf(view: RunView, id: string): PlannedStep | undefined {
  return view.plan.steps.find((step) => step.id === id);
}

function isOver(state: StepState): boolean {
  return state.status === 'done' || state.status === 'unchanged';
}

function stepLine(view: RunView, state: StepState): string {
  const planned = plannedOf(view, state.id);
  const title = planned === undefined ? '' : ` ${said(planned.title)}`;
  const again = state.attempt > 1 ? ` · attempt ${state.attempt}` : '';
  return clip(`${stepMark[state.status]} ${code(state.id)}${title}${detail(view, state, planned)}${again}`, 400);
}

function detail(view: RunView, state: StepState, planned: PlannedStep | undefined): string {
  if (state.status === 'waiting') return waitsFor(view, planned);
  const started = state.startedAt === null ? null : Date.parse(state.startedAt);
  const end = state.endedAt === null ? view.now.getTime() : Date.parse(state.endedAt);
  const took = started === null ? '' : ` · ${duration(end - started)}`;
  if (state.status === 'running') {
    const says = view.progress[state.id] ?? state.note;
    return `${took} of about ${duration(planned?.estimateMs ?? 0)}${says ? ` · ${said(says)}` : ''}`;
  }
  return `${took}${state.note ? ` · ${said(state.note)}` : ''}`;
}

function waitsFor(view: RunView, planned: PlannedStep | undefined): string {
  const status = new Map(view.steps.map((state) => [state.id, state.status]));
  const open = (planned?.needs ?? []).filter((need) => !satisfied.some((done) => done === status.get(need)));
  if (open.length > 0) return ` · after ${joined(open.map(code))}`;
  return planned?.always ? ' · at the end, whatever happens' : '';
}
