import type { ExecuteChangeSetCommandInput } from '@aws-sdk/client-cloudformation';
import { schedule } from '../model.ts';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { needChangeSet } from './describe-change-set.ts';
import { needStack, turn } from './stacks.ts';
import type { Doing, Stack } from './state.ts';

export function executeChangeSet(scene: Scene, input: ExecuteChangeSetCommandInput): object {
  const { state } = scene;
  const set = needChangeSet(scene, input.ChangeSetName, input.StackName);
  const isReady = set.readyAt <= state.at && set.changes.length > 0;
  if (!isReady || set.execution !== 'AVAILABLE') {
    const found = isReady ? set.execution : 'not in status [CREATE_COMPLETE]';
    refuse('InvalidChangeSetStatus', `ChangeSet [${set.id}] cannot be executed in its current status: ${found}`);
  }
  const stack = needStack(scene, set.stack);
  const isNew = set.type === 'CREATE';
  set.execution = 'EXECUTE_IN_PROGRESS';
  const { cloudFormation } = state;
  cloudFormation.changeSets = cloudFormation.changeSets.filter((one) => one === set || one.stack !== stack.id);
  const { template, parameters, capabilities, tags } = set;
  const before = { template: stack.template, parameters: stack.parameters, resources: { ...stack.resources } };
  Object.assign(stack, { template, parameters, capabilities }, tags === null ? {} : { tags });
  if (!isNew) stack.updatedAt = state.at;
  const steps = set.changes.map(({ action, logicalId }) => ({ change: action, logicalId }));
  const token = input.ClientRequestToken ?? null;
  begin(state, stack, { what: isNew ? 'create' : 'update', token, changeSet: set.id, steps, before });
  return {};
}

/** For a moment after a change set was executed its stack shows what it was before. */
const heedMs = 4_000;

/** Sets a stack to work: whatever it is to do goes resource by resource. */
export function begin(state: State, stack: Stack, doing: Doing): void {
  stack.doing = doing;
  if (doing.what !== 'delete') return schedule(state, heedMs, 'cloudFormation.next', stack.id, 'heed');
  heed(state, stack, doing);
}

export function heed(state: State, stack: Stack, doing: Doing): void {
  turn(state, stack, `${doing.what.toUpperCase()}_IN_PROGRESS`, 'User Initiated');
  schedule(state, state.cloudFormation.resourceMs, 'cloudFormation.next', stack.id);
}
