import type { DescribeChangeSetCommandInput, DescribeChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { needStack } from './stacks.ts';
import type { Change, ChangeSet } from './state.ts';

const pageSize = 100;
const nothingNew =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** A change set by its name in a stack, or by its id. */
export function needChangeSet(scene: Scene, name: string | undefined, stackName: string | undefined): ChangeSet {
  const { changeSets } = scene.state.cloudFormation;
  const byId = changeSets.find((one) => one.id === name && one.region === scene.region);
  if (byId) return byId;
  const stack = needStack(scene, stackName);
  const found = changeSets.find((one) => one.stack === stack.id && one.name === name);
  return found ?? refuse('ChangeSetNotFoundException', `ChangeSet [${name}] does not exist`, 404);
}

export function describeChangeSet(
  scene: Scene,
  input: DescribeChangeSetCommandInput,
): Omit<DescribeChangeSetCommandOutput, '$metadata'> {
  const set = needChangeSet(scene, input.ChangeSetName, input.StackName);
  const isMade = set.readyAt <= scene.state.at;
  const isEmpty = set.changes.length === 0;
  const from = Number(input.NextToken ?? 0);
  const page = isMade ? set.changes.slice(from, from + pageSize) : [];
  return {
    ChangeSetName: set.name,
    ChangeSetId: set.id,
    StackId: set.stack,
    StackName: set.stackName,
    CreationTime: new Date(set.createdAt),
    Status: isMade ? (isEmpty ? 'FAILED' : 'CREATE_COMPLETE') : 'CREATE_IN_PROGRESS',
    ...(isMade && isEmpty ? { StatusReason: nothingNew } : {}),
    ExecutionStatus: isMade && !isEmpty ? set.execution : 'UNAVAILABLE',
    Changes: page.map((change) => ({ Type: 'Resource' as const, ResourceChange: shown(change) })),
    ...(isMade && from + pageSize < set.changes.length ? { NextToken: String(from + pageSize) } : {}),
  };
}

function shown({ action, logicalId, physicalId, type, replacement, retained }: Change) {
  return {
    Action: action,
    LogicalResourceId: logicalId,
    ResourceType: type,
    ...(physicalId === null ? {} : { PhysicalResourceId: physicalId }),
    ...(action === 'Modify' ? { Replacement: replacement ? ('True' as const) : ('False' as const) } : {}),
    ...policyOf(action, replacement, retained),
  };
}

function policyOf(action: Change['action'], replacement: boolean, retained: boolean) {
  if (action === 'Remove') return { PolicyAction: retained ? ('Retain' as const) : ('Delete' as const) };
  if (!replacement) return {};
  return { PolicyAction: retained ? ('ReplaceAndRetain' as const) : ('ReplaceAndDelete' as const) };
}
