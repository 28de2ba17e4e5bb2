import { DeleteStackCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judgeReading, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Observed } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { isMadeByRun } from '../kit/owner.ts';
import { pace, usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { explainFailure } from './failure.ts';
import { nameStack, readStack, type StackPlace } from './stack.ts';

/** What deleting a stack would do, where the run of `owner` has made it. */
export async function planRemoval(place: StackPlace, owner: string, ctx: KitContext): Promise<ActionPlan> {
  const read = await readStack(place, ctx);
  const { region, stack } = place;
  const status = read.ok ? (read.value?.StackStatus ?? 'absent') : null;
  return {
    target: { region, resource: `cloudformation:${stack}` },
    before: { stack, status },
    after: { stack, status: 'absent' },
    noChange: read.ok && read.value === undefined,
    checks: [checkOwn(read, owner), checkFree(read)],
    estimateMs: usual.minutes,
  };
}

function checkOwn(read: Reading<Stack | undefined>, owner: string): Check {
  const question: Question = { id: 'own', title: 'stack is of this run', expected: "the run's own", carry: 'never' };
  return judgeReading(question, read, (stack) => {
    if (stack === undefined) return { pass: true, found: 'there is none' };
    const own = isMadeByRun(stack.Tags, owner);
    return { pass: own, found: own ? 'it is' : 'this run did not make it: only what a run has made is deleted by it' };
  });
}

function checkFree(read: Reading<Stack | undefined>): Check {
  const expected = 'at rest, and not protected from termination';
  const question: Question = { id: 'free', title: 'stack can be deleted', expected, carry: 'never' };
  return judgeReading(question, read, (stack) => {
    if (stack === undefined) return { pass: true, found: 'there is none' };
    if (stack.EnableTerminationProtection === true) return { pass: false, found: 'it is protected from termination' };
    const status = String(stack.StackStatus);
    return { pass: !/_IN_PROGRESS$/.test(status) || status === 'DELETE_IN_PROGRESS', found: status };
  });
}

/** Asks for a stack to be deleted; throws where it is no longer what the run has made. */
export async function sendRemoval(place: StackPlace, owner: string, token: string, ctx: KitContext): Promise<void> {
  const read = await readStack(place, ctx);
  if (!read.ok) throw new Error(read.sentence);
  if (read.value === undefined) return;
  if (!isMadeByRun(read.value.Tags, owner)) throw new Error(`The ${nameStack(place)} was not made by this run.`);
  // By its id: one that comes under the same name meanwhile is another.
  const command = new DeleteStackCommand({ StackName: read.value.StackId, ClientRequestToken: token });
  await effect(`Deleting the ${nameStack(place)}`, () => ctx.aws.cloudFormation(place.region).send(command));
}

/** By its id a stack is seen after its end, too. */
export async function observeRemoval(
  place: StackPlace,
  id: string | null,
  ctx: KitContext,
): Promise<Observed<{ status: string }>> {
  const read = await readStack({ ...place, stack: id ?? place.stack }, ctx);
  if (!read.ok) return notSeen(read, pace.database);
  const status = read.value?.StackStatus ?? 'DELETE_COMPLETE';
  if (status === 'DELETE_COMPLETE') return { state: 'done', output: { status } };
  if (status === 'DELETE_FAILED')
    return { state: 'failed', why: await explainFailure(place, id ?? place.stack, status, ctx) };
  return { state: 'working', progress: `it is ${status}`, againInMs: pace.database };
}
