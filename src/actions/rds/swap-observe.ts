import { AddTagsToResourceCommand, type DBInstance, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import type { z } from 'zod';
import { notSeen } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Observed } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { renamedFromTag } from '../kit/owner.ts';
import { pace } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { brokenStatus, endpointOf, hostOf, nameInstance, readInstance, sayBroken, statusOf } from './instance.ts';
import { type Pair, readPair, type SwapInput, type SwapOutput, type SwapReceipt } from './swap-input.ts';

type Seen = Observed<z.output<typeof SwapOutput>>;

export function nameOf(instance: DBInstance): string {
  return instance.DBInstanceIdentifier ?? '';
}

/** The name is free only minutes after the old instance was told to give it up: then, once both stand still, it is taken. */
export async function observeSwap(input: SwapInput, receipt: SwapReceipt, ctx: KitContext): Promise<Seen> {
  const { old, replacement, aside } = receipt;
  if (old === null || replacement === null) return observeSwapped(input, aside, ctx);
  const read = await readPair(input, { old, replacement }, ctx);
  if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
  if (!read.ok) return notSeen(read, pace.database);
  const broken = [read.value.old, read.value.replacement].find((one) => brokenStatus.test(statusOf(one)));
  if (broken)
    return { state: 'failed', why: sayBroken({ region: input.region, instance: nameOf(broken) }, statusOf(broken)) };
  return stateOf(input, read.value, aside);
}

function stateOf(input: SwapInput, { old, replacement }: Pair, aside: string): Seen {
  const endpoint = endpointOf(replacement);
  if (nameOf(replacement) === input.instance) {
    if (statusOf(replacement) === 'available' && endpoint !== null)
      return { state: 'done', output: { endpoint, host: hostOf(endpoint), aside } };
    return working(`${input.instance} is ${statusOf(replacement)} as the replacement`);
  }
  if (nameOf(old) === input.instance) return working(`the old instance is ${statusOf(old)}, on its way to ${aside}`);
  if (statusOf(replacement) !== 'available')
    return working(`the old instance is aside, the replacement ${statusOf(replacement)}`);
  return { ...working('the old instance is aside, the replacement takes the name'), due: 'second rename' };
}

/** Not to send it would leave nothing under the name. */
export async function takeName(input: SwapInput, { old, replacement }: SwapReceipt, ctx: KitContext): Promise<void> {
  if (old === null || replacement === null) return;
  const pair = need(await readPair(input, { old, replacement }, ctx));
  await rename(input.region, nameOf(pair.replacement), input.instance, ctx);
}

/** Nothing had to be changed: the name must still answer. */
async function observeSwapped(input: SwapInput, aside: string, ctx: KitContext): Promise<Seen> {
  const read = await readInstance(input, ctx);
  if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
  if (!read.ok) return notSeen(read, pace.database);
  const endpoint = endpointOf(read.value);
  if (statusOf(read.value) !== 'available' || endpoint === null) return working(statusOf(read.value));
  return { state: 'done', output: { endpoint, host: hostOf(endpoint), aside } };
}

export async function markRenamed(region: string, of: DBInstance, from: string, ctx: KitContext): Promise<void> {
  const Tags = [{ Key: renamedFromTag, Value: from }];
  const command = new AddTagsToResourceCommand({ ResourceName: of.DBInstanceArn, Tags });
  await effect(`Tagging ${nameInstance({ region, instance: nameOf(of) })}`, () => ctx.aws.rds(region).send(command));
}

export async function rename(region: string, from: string, to: string, ctx: KitContext): Promise<void> {
  const command = new ModifyDBInstanceCommand({
    DBInstanceIdentifier: from,
    NewDBInstanceIdentifier: to,
    ApplyImmediately: true,
  });
  const what = `Rename of ${nameInstance({ region, instance: from })} to ${to}`;
  await effect(what, () => ctx.aws.rds(region).send(command));
}

function working(progress: string): Extract<Seen, { state: 'working' }> {
  return { state: 'working', progress, againInMs: pace.database };
}
