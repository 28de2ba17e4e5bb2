import type { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judgeReading, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Observed } from '../kit/define.ts';
import { pace } from '../kit/pace.ts';
import { readChangeSet } from './change-set.ts';
import { explainFailure } from './failure.ts';
import { observeRemoval } from './removal.ts';
import { nameStack, readStack } from './stack.ts';
import type { DeployInput, DeployOutput, DeployReceipt } from './stack-input.ts';

type Seen = Observed<z.output<typeof DeployOutput>>;

/** Its own word on what a stack came to: to be rolled back is a failure, whatever a waiter calls complete. */
export async function observeDeploy(input: DeployInput, receipt: DeployReceipt, ctx: KitContext): Promise<Seen> {
  const { stack, stack_id: id, changes } = receipt;
  const place = { region: input.region, stack };
  if (input.remove) {
    const seen = await observeRemoval(place, id, ctx);
    return seen.state === 'done' ? { state: 'done', output: { stack, ...seen.output, changes, outputs: {} } } : seen;
  }
  const pending = receipt.change_set === null ? undefined : await waitForExecution(input, receipt, ctx);
  if (pending) return pending;
  const read = await readStack({ ...place, stack: id ?? stack }, ctx);
  if (!read.ok) return notSeen(read, pace.database);
  if (read.value === undefined) return { state: 'failed', why: `There is no ${nameStack(place)} any more.` };
  const status = String(read.value.StackStatus);
  if (/ROLLBACK|_FAILED$|^DELETE_/.test(status) && !isOldRollback(status, receipt))
    return { state: 'failed', why: await explainFailure(place, id ?? stack, status, ctx) };
  if (!/_COMPLETE$/.test(status)) return { state: 'working', progress: `it is ${status}`, againInMs: pace.database };
  const named = (read.value.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']);
  return { state: 'done', output: { stack, status, changes, outputs: Object.fromEntries(named) } };
}

/** Where nothing had to be changed, an update that failed long ago is no failure of this step. */
function isOldRollback(status: string, { change_set: set }: DeployReceipt): boolean {
  return set === null && status === 'UPDATE_ROLLBACK_COMPLETE';
}

/** The stack may still show what it was before: only the change set says whether this change has ended. */
async function waitForExecution(
  { region }: DeployInput,
  { stack, stack_id: id, change_set: set }: DeployReceipt,
  ctx: KitContext,
): Promise<Seen | undefined> {
  const place = { region, stack };
  const [read, standing] = await Promise.all([
    readChangeSet({ ...place, stack: id ?? stack }, String(set), ctx),
    readStack({ ...place, stack: id ?? stack }, ctx),
  ]);
  if (!read.ok) return notSeen(read, pace.database);
  if (!standing.ok) return notSeen(standing, pace.database);
  const status = standing.value?.StackStatus ?? 'absent';
  if (read.value?.state === 'failed' || /ROLLBACK_(IN_PROGRESS|FAILED)$/.test(status))
    return { state: 'failed', why: await explainFailure(place, id ?? stack, status, ctx) };
  if (read.value?.state === 'executing' || read.value?.state === 'ready')
    return { state: 'working', progress: `it is ${status}`, againInMs: pace.database };
  if (read.value?.state === 'being made') {
    const why = `The change set ${set} of ${nameStack(place)} does not say that it was executed.`;
    return { state: 'unknown', why, againInMs: pace.database };
  }
  return undefined;
}

/** Once more from the stack itself: the parameters that were given are what it has. */
export async function verifyDeploy(
  input: DeployInput,
  { stack }: { stack: string },
  ctx: KitContext,
): Promise<Check[]> {
  if (input.remove) return [];
  const question: Question = {
    id: 'parameters',
    title: 'stack has its parameters',
    expected: 'as given',
    carry: 'never',
  };
  const read = await readStack({ region: input.region, stack }, ctx);
  return [
    judgeReading(question, read, (found) => {
      const values = new Map(found?.Parameters?.map((one) => [one.ParameterKey, one.ParameterValue]));
      const other = Object.entries(input.parameters).filter(([name, value]) => values.get(name) !== value);
      const names = other.map(([name]) => `${name} is ${values.get(name) ?? 'not there'}`);
      return { pass: found !== undefined && names.length === 0, found: names.join(', ') || 'as given' };
    }),
  ];
}
