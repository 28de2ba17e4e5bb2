import { DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { KitContext } from '../kit/context.ts';
import { reading } from '../kit/reading.ts';
import { nameStack, type StackPlace } from './stack.ts';

const mostPages = 20;
/** A resource that was given up because of another's failure says nothing of the cause. */
const consequence = /cancelled/i;

/** What a stack came to, with the reason of the first resource that failed since its last change began. */
export async function explainFailure(place: StackPlace, id: string, status: string, ctx: KitContext): Promise<string> {
  const events = await reading(`events of ${nameStack(place)}`, () => readLatest({ ...place, stack: id }, ctx));
  const came = `The ${nameStack(place)} came to ${status}`;
  if (!events.ok) return `${came}; why could not be read. ${events.sentence}`;
  const first = events.value.findLast(
    ({ ResourceStatus = '', ResourceStatusReason: why = '' }) =>
      /_FAILED$/.test(ResourceStatus) && !consequence.test(why),
  );
  if (!first) return `${came}; its events name no resource that failed.`;
  const { LogicalResourceId: logicalId = 'a resource', ResourceType: type, ResourceStatusReason: why } = first;
  return `${came}: ${logicalId} (${type ?? 'unknown type'}) failed first: ${(why ?? 'no reason was given').replace(/\.$/, '')}.`;
}

/** Events, newest first, back to the one with which the last change began. */
async function readLatest({ region, stack }: StackPlace, ctx: KitContext): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  let next: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const command = new DescribeStackEventsCommand({ StackName: stack, NextToken: next });
    const answer = await ctx.aws.cloudFormation(region).send(command);
    for (const event of answer.StackEvents ?? []) {
      events.push(event);
      if (isBeginning(event)) return events;
    }
    next = answer.NextToken;
    if (next === undefined) break;
  }
  return events;
}

function isBeginning({
  PhysicalResourceId,
  StackId,
  LogicalResourceId,
  StackName,
  ResourceStatus,
}: StackEvent): boolean {
  const ofStack = PhysicalResourceId === undefined ? LogicalResourceId === StackName : PhysicalResourceId === StackId;
  return ofStack && /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(ResourceStatus ?? '');
}
