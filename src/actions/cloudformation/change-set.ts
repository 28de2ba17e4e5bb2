import {
  type Capability,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
  ExecuteChangeSetCommand,
  type ResourceChange,
} from '@aws-sdk/client-cloudformation';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { ownerTags } from '../kit/owner.ts';
import { need, type Reading, reading, stated } from '../kit/reading.ts';
import { isMissing, nameStack, type StackPlace } from './stack.ts';
import { isStateful } from './stateful.ts';

/** Longer than a change set usually takes, shorter than an effect may. */
const patienceMs = 40_000;
const pollMs = 2_000;

export interface ChangeSet {
  id: string;
  /** `empty` has nothing to do; `refused` could not be made; `failed` was executed, and failed. */
  state: 'being made' | 'ready' | 'empty' | 'refused' | 'executing' | 'executed' | 'failed';
  why: string;
  changes: ResourceChange[];
}

/** One change set for each step and each state of the stack: its name finds it again, however often it is asked for. */
export function changeSetName(owner: string, revision: string): string {
  return `muster-${owner.replace(/[^A-Za-z0-9]+/g, '-')}-${revision}`.slice(-128).replace(/^[^A-Za-z]+/, 'm-');
}

/** The change set with all its changes; undefined where there is none of that name. */
export function readChangeSet(
  place: StackPlace,
  name: string,
  ctx: KitContext,
): Promise<Reading<ChangeSet | undefined>> {
  return reading(`change set ${name} of ${nameStack(place)}`, async () => {
    try {
      return await readPages(place, name, ctx);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
}

async function readPages({ region, stack }: StackPlace, name: string, ctx: KitContext): Promise<ChangeSet> {
  const send = (NextToken?: string): Promise<DescribeChangeSetOutput> =>
    ctx.aws
      .cloudFormation(region)
      .send(new DescribeChangeSetCommand({ ChangeSetName: name, StackName: stack, NextToken }));
  const first = await send();
  const changes = [...(first.Changes ?? [])];
  for (let next = first.NextToken; next !== undefined; ) {
    const page = await send(next);
    changes.push(...(page.Changes ?? []));
    next = page.NextToken;
  }
  return {
    id: stated(first.ChangeSetId, 'its id'),
    state: stateOf(stated(first.Status, 'its status'), first),
    why: first.StatusReason ?? '',
    changes: changes.flatMap(({ ResourceChange: one }) => one ?? []),
  };
}

function stateOf(status: string, of: DescribeChangeSetOutput): ChangeSet['state'] {
  const ExecutionStatus = stated(of.ExecutionStatus, 'how far it was executed');
  const { StatusReason = '' } = of;
  if (ExecutionStatus === 'EXECUTE_FAILED') return 'failed';
  if (ExecutionStatus === 'EXECUTE_IN_PROGRESS') return 'executing';
  if (ExecutionStatus === 'EXECUTE_COMPLETE') return 'executed';
  if (status === 'FAILED')
    return /didn't contain changes|No updates are to be performed/i.test(StatusReason) ? 'empty' : 'refused';
  return status === 'CREATE_COMPLETE' && ExecutionStatus === 'AVAILABLE' ? 'ready' : 'being made';
}

export interface Wanted {
  /** Undefined keeps the template that the stack has. */
  template: string | undefined;
  /** Null keeps the previous value. */
  parameters: Readonly<Record<string, string | null>>;
  capabilities: readonly Capability[];
  isNew: boolean;
}

/** Makes the change set unless it is there, and waits until it can be read. Throws where it cannot be made. */
export async function ensureChangeSet(
  place: StackPlace,
  name: string,
  wanted: Wanted,
  token: string,
  ctx: KitContext,
): Promise<ChangeSet> {
  const until = ctx.clock.now().getTime() + patienceMs;
  let made = need(await readChangeSet(place, name, ctx));
  if (made === undefined) await createChangeSet(place, name, wanted, token, ctx);
  for (;;) {
    made = need(await readChangeSet(place, name, ctx));
    if (made !== undefined && made.state !== 'being made') return made;
    if (ctx.clock.now().getTime() > until) throw new Error(`The change set ${name} is still being made: retry.`);
    await ctx.clock.sleep(pollMs, ctx.signal);
  }
}

async function createChangeSet(
  { region, stack }: StackPlace,
  name: string,
  { template, parameters, capabilities, isNew }: Wanted,
  token: string,
  ctx: KitContext,
): Promise<void> {
  const command = new CreateChangeSetCommand({
    StackName: stack,
    ChangeSetName: name,
    ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
    ClientToken: token,
    Description: `Muster ${ctx.owner}`,
    ...(template === undefined ? { UsePreviousTemplate: true } : { TemplateBody: template }),
    Parameters: Object.entries(parameters).map(([ParameterKey, value]) =>
      value === null ? { ParameterKey, UsePreviousValue: true } : { ParameterKey, ParameterValue: value },
    ),
    Capabilities: [...capabilities],
    // Tags that are given for a stack that is there already would take the place of its own.
    ...(isNew ? { Tags: ownerTags(ctx.owner) } : {}),
  });
  await effect(`Making the change set ${name}`, () => ctx.aws.cloudFormation(region).send(command));
}

export async function executeChangeSet(
  { region, stack }: StackPlace,
  id: string,
  token: string,
  ctx: KitContext,
): Promise<void> {
  const command = new ExecuteChangeSetCommand({ ChangeSetName: id, StackName: stack, ClientRequestToken: token });
  await effect(`Executing the change set of ${nameStack({ region, stack })}`, () =>
    ctx.aws.cloudFormation(region).send(command),
  );
}

export function describeChange({ Action, LogicalResourceId, ResourceType, Replacement }: ResourceChange): string {
  const replaced = Replacement === 'True' || Replacement === 'Conditional' ? ', replaced' : '';
  return `${Action ?? 'Change'} ${LogicalResourceId ?? 'a resource'} (${ResourceType ?? 'unknown type'}${replaced})`;
}

/** What a change set would do to resources that hold data, where they do not survive it. */
export function lossesIn(changes: readonly ResourceChange[]): string[] {
  return changes.filter(isLoss).map(describeChange);
}

function isLoss({ Action, ResourceType = '', Replacement, PolicyAction }: ResourceChange): boolean {
  if (!isStateful(ResourceType)) return false;
  if (Action === 'Remove') return PolicyAction !== 'Retain';
  return Replacement === 'True' || Replacement === 'Conditional' || Action === 'Dynamic';
}
