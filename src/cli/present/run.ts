import { instructionsOf } from '../../domain/checkpoint.ts';
import { planLabel } from '../../domain/plan.ts';
import { wholeSecondsBetween } from '../../domain/say-instant.ts';
import { startSentence } from '../../domain/start-sentence.ts';
import type { RunView } from '../../domain/views.ts';
import type { Wire } from '../wire.ts';
import { duration, table } from './text.ts';

type View = Wire<RunView>;
type Step = View['steps'][number];

/** The run as it stands. */
export function presentRun(view: View): string {
  const rows = view.steps.map((step) => [step.id, step.status, elapsed(view, step), noteOf(view, step)]);
  return [headline(view), ...table(rows), ...footer(view)].join('\n');
}

/** Lines for what has changed since `before`; all that is under way when there is no before. */
export function presentChanges(before: View | null, after: View): string[] {
  const lines = after.steps.flatMap((step) => {
    const old = before?.steps.find((one) => one.id === step.id);
    const same =
      old?.status === step.status && old.attempt === step.attempt && noteOf(before, old) === noteOf(after, step);
    return same || (old === undefined && step.status === 'waiting') ? [] : [stepLine(after, step)];
  });
  const asked = after.asking.filter((ask) => !before?.asking.some((old) => old.requestId === ask.requestId));
  const changed = before === null || before.run.status !== after.run.status || before.run.note !== after.run.note;
  return [...lines, ...asked.map((ask) => askLine(ask)), ...(changed ? [headline(after), ...footer(after, [])] : [])];
}

function headline({ run, plan, simulated }: View): string {
  const what = `${run.id} ${run.purpose === 'undo' ? 'undoes' : 'is'} ${run.command} in ${planLabel(plan)}`;
  const mark = simulated ? ' [simulated cloud]' : '';
  if (run.outcome !== null) return `${what}: ${run.outcome.replaceAll('-', ' ')}${mark}`;
  return `${what}: ${run.status}${run.note === null ? '' : `, ${run.note}`}${mark}`;
}

function footer(view: View, asking = view.asking): string[] {
  const exceptions = view.run.exceptions.map((exception) => `  exception: ${startSentence(exception)}`);
  const undo = view.undoable ? [`  It can be undone: muster undo --run ${view.run.id}`] : [];
  const standstill = view.standstill === null ? [] : [`  ${view.standstill}`];
  return [...standstill, ...exceptions, ...leftLines(view), ...asking.map(askLine), ...undo];
}

function leftLines({ run, plan }: View): string[] {
  return run.outcome === 'undone' ? (plan.left ?? []).map((sentence) => `  left as it is: ${sentence}`) : [];
}

function askLine(ask: View['asking'][number]): string {
  return `  waits for consent: ${ask.sentence} (muster approve ${ask.code})`;
}

function stepLine(view: View, step: Step): string {
  const note = noteOf(view, step);
  return `  ${step.id}: ${step.status}${step.attempt > 1 ? `, attempt ${step.attempt}` : ''}${note === '' ? '' : `, ${note}`}`;
}

function noteOf(view: View | null, step: Step): string {
  if (step.note !== null || step.status !== 'running') return step.note ?? '';
  const planned = view?.plan.steps.find(({ id, kind }) => id === step.id && kind === 'human');
  const asked = planned ? instructionsOf(planned).split('\n') : [];
  return [...asked, view?.progress[step.id] ?? ''].filter((words) => words !== '').join('; ');
}

function elapsed(view: View, step: Step): string {
  if (step.startedAt === null) return '';
  return duration(wholeSecondsBetween(new Date(step.startedAt), new Date(step.endedAt ?? view.now)));
}
