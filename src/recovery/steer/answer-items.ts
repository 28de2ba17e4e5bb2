import { isFor } from '../../domain/addressee.ts';
import { type ItemAnswer, type ItemState, isChecklist, outputOf, sayProgress } from '../../domain/checklist.ts';
import { Refusal } from '../../domain/errors.ts';
import { advice } from '../../domain/nearest.ts';
import type { Person } from '../../domain/person.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { Run } from '../../domain/run.ts';
import { appendAudit } from '../../store/audit.ts';
import { answerItem, readItems } from '../../store/checklists.ts';
import { readSteps, saveProgress } from '../../store/steps.ts';
import type { RecoveryDeps } from '../deps.ts';
import { readPlanOrRefuse, readRunOrRefuse } from '../read.ts';
import type { ItemsAsk } from '../recovery.ts';
import { attemptId } from '../run/run-flow.ts';
import { lockSteerable } from './steer.ts';
import { untilHeard } from './until-heard.ts';

/** People's answers to items of a checklist: a tick stands; what was declined may be ticked until the list is done. */
export async function answerItems(deps: RecoveryDeps, ask: ItemsAsk, by: Person): Promise<string> {
  const take = async (tx: Tx): Promise<string> => {
    const plan = await readPlanOrRefuse(tx, (await readRunOrRefuse(tx, ask.runId)).planId);
    const before = await readItems(tx, { runId: ask.runId, stepId: ask.step });
    const run = await lockSteerable(tx, ask, by, 'answer', (roles) => isOwner(before, ask, by, roles));
    const planned = plan.steps.find(({ id }) => id === ask.step);
    if (!planned || !isChecklist(planned)) throw new Refusal(`${ask.step} is not a checklist.`, 'step');
    return takeAnswers(deps, tx, { run, planned, ask }, by);
  };
  return untilHeard(deps, ask.step, () => deps.store.tx(take));
}

/** With the run locked. */
export async function takeAnswers(
  deps: RecoveryDeps,
  tx: Tx,
  { run, planned, ask }: { run: Run; planned: PlannedStep; ask: ItemsAsk },
  by: Person,
): Promise<string> {
  const key = { runId: run.id, stepId: planned.id };
  const step = (await readSteps(tx, run.id)).find(({ id }) => id === planned.id);
  if (step?.status !== 'running')
    throw new Refusal(`${planned.id} is ${step?.status ?? 'not there'}: it is not waiting for an answer.`);
  const before = await readItems(tx, key);
  if (outputOf(before) !== null) throw new Refusal(`${planned.id}: every item is answered, nothing waits any more.`);
  refuseUnfit(before, ask);
  const changed = await write(deps, tx, ask, by);
  const items = await readItems(tx, key);
  await saveProgress(tx, run.id, planned.id, sayProgress(items));
  await tx.tell({ kind: 'RunChanged', incidentId: run.incidentId, runId: run.id });
  if (changed.length > 0) await record(deps, tx, { run, ask, changed, attempt: step.attempt }, by);
  if (outputOf(items) !== null) {
    const to = attemptId(run.id, planned.id, step.attempt);
    await deps.engine().sendIn(tx, to, { answered: true });
  }
  return sayAnswered(planned.id, ask, changed, items);
}

function isOwner(items: readonly ItemState[], ask: ItemsAsk, by: Person, roles: ReadonlySet<string>): boolean {
  const owners = ask.answers.map(({ item }) => items.find(({ id }) => id === item)?.owner);
  return owners.length > 0 && owners.every((owner) => owner != null && isFor(owner, by.name, roles));
}

/** All that is asked can be taken, or nothing is. */
function refuseUnfit(items: readonly ItemState[], { step, answers, reason }: ItemsAsk): void {
  const known = items.map(({ id }) => id);
  if (answers.length === 0)
    throw new Refusal(
      `Say which items of ${step}: ${sayProgress(items)}. For example: answer ${step} ${known[0]}=done.`,
    );
  const stranger = answers.find(({ item }) => !known.includes(item))?.item;
  if (stranger !== undefined)
    throw new Refusal(`${step} has no item ${stranger}: ${advice(stranger, known)} Nothing has been done.`, 'step');
  const twice = answers.find(({ item }, at) => answers.findIndex((one) => one.item === item) !== at)?.item;
  if (twice !== undefined) throw new Refusal(`${twice} is answered twice: say it once. Nothing has been done.`);
  const declined = answers.filter(({ answer }) => answer === 'declined').map(({ item }) => item);
  if (declined.length > 0 && reason.trim() === '')
    throw new Refusal(
      `Say why ${declined.join(', ')} cannot be done: it is named at the end. Nothing has been done.`,
      'reason',
    );
  const ticked = items.find(({ id, answer }) => answer === 'done' && declined.includes(id));
  if (ticked)
    throw new Refusal(`${ticked.answeredBy} ticked ${ticked.id} already: a tick stands. Nothing has been done.`);
}

/** The items that this has changed: somebody else may have answered them an instant before. */
async function write({ clock }: RecoveryDeps, tx: Tx, ask: ItemsAsk, by: Person): Promise<ItemsAsk['answers']> {
  const { runId, step, answers } = ask;
  const at = clock.now();
  const changed = [];
  for (const { item, answer } of answers) {
    const reason = reasonOf(ask, answer);
    if (await answerItem(tx, { runId, stepId: step }, { item, answer, by: by.name, reason, at }))
      changed.push({ item, answer });
  }
  return changed;
}

/** Why items were declined; where none was, what was noted beside the ticks. */
function reasonOf({ answers, reason }: ItemsAsk, answer: ItemAnswer): string | null {
  const of = answers.some((one) => one.answer === 'declined') ? 'declined' : 'done';
  return answer === of && reason.trim() !== '' ? reason.trim() : null;
}

async function record(
  deps: RecoveryDeps,
  tx: Tx,
  of: { run: Run; ask: ItemsAsk; changed: ItemsAsk['answers']; attempt: number },
  by: Person,
): Promise<void> {
  const { run, ask, changed, attempt } = of;
  for (const answer of ['done', 'declined'] as const) {
    const items = itemsWith(changed, answer);
    if (items.length === 0) continue;
    const reason = reasonOf(ask, answer);
    await appendAudit(tx, {
      at: deps.clock.now(),
      who: by.name,
      door: by.door,
      what: 'checklist.answered',
      incidentId: run.incidentId,
      runId: run.id,
      detail: { step: ask.step, attempt, items, answer, reason },
    });
    const { id: runId, incidentId } = run;
    await tx.tell({ kind: 'ItemsAnswered', incidentId, runId, step: ask.step, items, answer, reason, by: by.name });
  }
}

function sayAnswered(step: string, ask: ItemsAsk, changed: ItemsAsk['answers'], items: readonly ItemState[]): string {
  const done = itemsWith(changed, 'done');
  const declined = itemsWith(changed, 'declined');
  const already = ask.answers.filter(({ item }) => !changed.some((one) => one.item === item));
  const said = [
    ...(done.length > 0 ? [`${done.join(', ')} ticked`] : []),
    ...(declined.length > 0 ? [`${declined.join(', ')} declined`] : []),
    ...already.map(({ item }) => `${item} was answered by ${items.find(({ id }) => id === item)?.answeredBy} already`),
  ];
  return `${step}: ${said.join('; ')}. ${sayProgress(items)}.`;
}

function itemsWith(answers: ItemsAsk['answers'], wanted: ItemAnswer): string[] {
  return answers.filter(({ answer }) => answer === wanted).map(({ item }) => item);
}
