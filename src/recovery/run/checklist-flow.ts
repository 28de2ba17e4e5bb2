import { type ChecklistItem, itemsOf, outputOf } from '../../domain/checklist.ts';
import { durationMs } from '../../domain/duration.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { StepState } from '../../domain/run.ts';
import { insertItems, type NewItem, readItems } from '../../store/checklists.ts';
import type { RecoveryDeps } from '../deps.ts';
import type { Settled } from './work.ts';

/** What a look at a checklist finds: everything is answered, or what is still open. */
export type Looked = { at: string } & ({ settled: Settled } | { open: string[] });

/** The items that people will answer, from the moment the step begins. */
export async function beginChecklist(tx: Tx, runId: string, planned: PlannedStep, step: StepState): Promise<void> {
  const begun = new Date(step.startedAt ?? 0);
  await insertItems(
    tx,
    { runId, stepId: planned.id },
    itemsOf(planned).map((item) => newItem(item, begun)),
  );
}

/** The answers are in the store; a message to the step only wakes it. */
export async function lookAtChecklist(deps: RecoveryDeps, key: { runId: string; stepId: string }): Promise<Looked> {
  return deps.store.tx(async (tx) => {
    const at = deps.clock.now().toISOString();
    const items = await readItems(tx, key);
    const output = outputOf(items);
    if (output === null) return { at, open: items.filter(({ answer }) => answer === null).map(({ id }) => id) };
    const people = [...new Set([...output.done, ...output.declined].map(({ by }) => by))];
    const note = `${output.done.length} of ${items.length} ticked, by ${people.join(', ')}`;
    return { at, settled: { status: 'done', note, output, effectSent: false } };
  });
}

function newItem({ id, text, owner, due }: ChecklistItem, begun: Date): NewItem {
  return {
    id,
    text,
    owner: owner ?? null,
    dueAt: due === undefined ? null : new Date(begun.getTime() + durationMs(due)),
  };
}
