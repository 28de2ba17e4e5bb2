import type { KitContext } from '../kit/context.ts';
import { need } from '../kit/reading.ts';
import {
  type ChangeSet,
  changeSetName,
  describeChange,
  ensureChangeSet,
  executeChangeSet,
  lossesIn,
} from './change-set.ts';
import { mergeParameters, openParameters } from './parameters.ts';
import { readPresent, shortDigest } from './present.ts';
import { sendRemoval } from './removal.ts';
import { nameStack, readStack, type StackPlace, stackOf } from './stack.ts';
import type { DeployCaptured, DeployInput, DeployReceipt } from './stack-input.ts';

/** The stack's template, parameters and leave, as they can be given to it again. */
export async function captureStack(input: DeployInput, ctx: KitContext): Promise<DeployCaptured> {
  const at = ctx.clock.now().toISOString();
  const place = { region: input.region, stack: stackOf(input, ctx.owner) };
  if (input.remove) return captureRemoval(place, at, ctx);
  const now = await readPresent(input, place, ctx);
  const stack = need(now.stack);
  const own = { at, owner: ctx.owner, stack: place.stack };
  if (stack === undefined) return { ...own, revision: 'new', before: null };
  const former = need(now.former);
  const parameters = former ? openParameters(stack, former) : {};
  const template = need(now.template) ?? '';
  const changed = (stack.LastUpdatedTime ?? stack.CreationTime)?.toISOString() ?? 'unknown';
  const before = { id: stack.StackId ?? place.stack, template, parameters, capabilities: stack.Capabilities ?? [] };
  return { ...own, revision: shortDigest(`${before.id} ${changed} ${stack.StackStatus}`), before };
}

async function captureRemoval(place: StackPlace, at: string, ctx: KitContext): Promise<DeployCaptured> {
  const stack = need(await readStack(place, ctx));
  const before = stack?.StackId ? { id: stack.StackId, template: '', parameters: {}, capabilities: [] } : null;
  return { at, owner: ctx.owner, stack: place.stack, revision: 'removal', before };
}

type Sent = { token: string; captured: DeployCaptured };

/** Makes the change set, reads what it would do, and executes it unless something that holds data would be lost. */
export async function sendDeploy(
  input: DeployInput,
  { token, captured }: Sent,
  ctx: KitContext,
): Promise<DeployReceipt> {
  const at = ctx.clock.now().toISOString();
  const { stack } = captured;
  const place = { region: input.region, stack };
  if (input.remove) {
    await sendRemoval(place, input.remove.made_by, token, ctx);
    return { at, stack, stack_id: captured.before?.id ?? null, change_set: null, changes: [] };
  }
  const name = changeSetName(ctx.owner, captured.revision);
  const set = await ensureChangeSet(place, name, await wantedOf(input, place, ctx), token, ctx);
  if (set.state === 'ready') {
    refuseLosses(place, name, set);
    await executeChangeSet(place, set.id, token, ctx);
  }
  if (set.state === 'refused')
    throw new Error(`CloudFormation made no change set for the ${nameStack(place)}: ${set.why}`);
  return receiptOf(place, set, at, captured.before?.id ?? null);
}

async function wantedOf(input: DeployInput, place: StackPlace, ctx: KitContext) {
  const now = await readPresent(input, place, ctx);
  const stack = need(now.stack);
  const { given } = mergeParameters(input.parameters, need(now.summary), stack);
  const template = input.template === undefined && input.body === undefined ? undefined : need(now.wanted);
  return { template, parameters: given, capabilities: input.capabilities, isNew: stack === undefined };
}

function refuseLosses(place: StackPlace, name: string, { changes }: ChangeSet): void {
  const losses = lossesIn(changes);
  if (losses.length === 0) return;
  throw new Error(
    `Nothing was changed in the ${nameStack(place)}: ${losses.join(', ')} would lose what it holds. ` +
      `The change set ${name} is there to look at: keep the resource as it is, or retain it and bring the data over.`,
  );
}

export function receiptOf(place: StackPlace, set: ChangeSet, at: string, id: string | null): DeployReceipt {
  const changes = set.changes.map(describeChange);
  return { at, stack: place.stack, stack_id: id, change_set: set.state === 'empty' ? null : set.id, changes };
}
