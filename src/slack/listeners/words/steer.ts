import { isChecklist } from '../../../domain/checklist.ts';
import { Refusal } from '../../../domain/errors.ts';
import { advice } from '../../../domain/nearest.ts';
import type { RunView } from '../../../domain/views.ts';
import type { ItemsAsk } from '../../../recovery/recovery.ts';
import type { Edge } from '../../edge.ts';
import type { Typed } from '../parse.ts';
import { tell } from '../tell.ts';
import type { Turn } from '../turn.ts';
import { currentRun, whichIncident } from '../which.ts';

/** `/dr pause|resume|abort [reason]` */
export async function steerRun(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const view = await runHere(edge, turn, typed);
  if (view === null) return;
  const words = { pause: edge.recovery.pause, resume: edge.recovery.resume, abort: edge.recovery.abort };
  const word = typed.word === 'pause' || typed.word === 'abort' ? typed.word : 'resume';
  const reason = typed.rest === '' ? {} : { reason: typed.rest };
  await turn.fresh();
  await tell(edge, turn, await words[word]({ runId: view.run.id, ...reason }, turn.by));
}

/** `/dr retry STEP` */
export async function retryStep(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const view = await runHere(edge, turn, typed);
  if (view === null) return;
  const step = stepNamed(view, typed.args[0], 'retry STEP');
  await turn.fresh();
  await tell(edge, turn, await edge.recovery.retry({ runId: view.run.id, step }, turn.by));
}

/** `/dr skip STEP reason` */
export async function skipStep(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const view = await runHere(edge, turn, typed);
  if (view === null) return;
  const step = stepNamed(view, typed.args[0], 'skip STEP REASON');
  const reason = typed.args.slice(1).join(' ');
  if (reason === '')
    throw new Refusal(`Say why ${step} may be left out: /dr skip ${step} REASON. Nothing has been done.`);
  await turn.fresh();
  await tell(edge, turn, await edge.recovery.skip({ runId: view.run.id, step, reason }, turn.by));
}

/** `/dr answer STEP done|failed [note]`, and of a checklist `/dr answer STEP item=done other=declined reason` */
export async function answerStep(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const view = await runHere(edge, turn, typed);
  if (view === null) return;
  const usage = 'answer STEP done|failed NOTE';
  const step = stepNamed(view, typed.args[0], usage);
  if (view.plan.steps.some((planned) => planned.id === step && isChecklist(planned)))
    return answerList(edge, turn, { runId: view.run.id, step }, typed.args.slice(1));
  const answer = typed.args[1]?.toLowerCase();
  if (answer !== 'done' && answer !== 'failed')
    throw new Refusal(`Say done or failed: /dr ${usage}. Nothing has been done.`);
  const note = typed.args.slice(2).join(' ');
  await turn.fresh();
  await tell(
    edge,
    turn,
    await edge.recovery.answer({ runId: view.run.id, step, done: answer === 'done', note }, turn.by),
  );
}

async function answerList(
  edge: Edge,
  turn: Turn,
  at: { runId: string; step: string },
  args: readonly string[],
): Promise<void> {
  const { answers, reason } = parseItems(args);
  await turn.fresh();
  if (args[0]?.toLowerCase() === 'done') {
    await tell(edge, turn, await edge.recovery.answer({ ...at, done: true, note: reason }, turn.by));
    return;
  }
  await tell(edge, turn, await edge.recovery.answerItems({ ...at, answers, reason }, turn.by));
}

/** `api=done login=declined the page is down`: items first, then why. */
function parseItems(args: readonly string[]): Pick<ItemsAsk, 'answers' | 'reason'> {
  const pairs = args.map((arg) => /^([^=]+)=(done|declined)$/i.exec(arg));
  const first = pairs.indexOf(null);
  const until = first === -1 ? args.length : first;
  const answers = pairs.slice(0, until).flatMap((pair) => {
    const [, item = '', answer] = pair ?? [];
    return answer === undefined
      ? []
      : [{ item, answer: answer.toLowerCase() === 'done' ? 'done' : 'declined' } as const];
  });
  return { answers, reason: args.slice(until).join(' ') };
}

async function runHere(edge: Edge, turn: Turn, typed: Typed): Promise<RunView | null> {
  const incident = await whichIncident(edge, turn, typed);
  return incident === null ? null : currentRun(edge, incident);
}

function stepNamed(view: RunView, typed: string | undefined, usage: string): string {
  const known = view.steps.map((step) => step.id);
  if (typed === undefined) throw new Refusal(`Name the step: /dr ${usage}. Its steps: ${known.join(', ')}.`);
  if (known.includes(typed)) return typed;
  throw new Refusal(`${view.plan.command} has no step ${typed}: ${advice(typed, known)} Nothing has been done.`);
}
