import { mint, schedule } from '../model.ts';
import type { Due, State } from '../state.ts';
import { heed } from './execute.ts';
import { reasonAgainst } from './hindrance.ts';
import { nameOf } from './resolve.ts';
import { note, turn } from './stacks.ts';
import { type Doing, describedBy, type Stack } from './state.ts';

/** The first step of what a stack is doing has taken its time. */
export function runCloudFormation(state: State, due: Due): void {
  const stack = state.cloudFormation.stacks.find(({ id }) => id === due.subject);
  const doing = stack?.doing;
  if (!stack || !doing) return;
  if (due.detail === 'heed') return heed(state, stack, doing);
  if (doing.what === 'roll back') return endRollback(state, stack, doing);
  const step = doing.steps.shift();
  const reason = step && carryStep(state, stack, doing, step);
  if (reason !== undefined) return fail(state, stack, doing, reason);
  if (doing.steps.length > 0) return schedule(state, state.cloudFormation.resourceMs, 'cloudFormation.next', stack.id);
  finish(state, stack, doing);
}

/** One resource; the reason where it fails. */
function carryStep(state: State, stack: Stack, doing: Doing, step: Doing['steps'][number]): string | undefined {
  const { logicalId, change } = step;
  const verb = { Add: 'CREATE', Modify: 'UPDATE', Remove: 'DELETE' }[change];
  const described = describedBy(state.estate.account, stack, doing.what === 'delete' ? doing.before : stack)[logicalId];
  const type = described?.type ?? stack.resources[logicalId]?.type ?? '';
  const physicalId =
    (described && nameOf(described)) ??
    stack.resources[logicalId]?.physicalId ??
    `${stack.name}-${logicalId}-${mint(state, 12).toUpperCase()}`;
  note(state, stack, { logicalId, type, status: `${verb}_IN_PROGRESS` });
  const reason = reasonAgainst(state, stack, { logicalId, type, physicalId, isNew: change === 'Add' });
  if (reason !== undefined) {
    note(state, stack, { logicalId, type, status: `${verb}_FAILED`, reason });
    return reason;
  }
  if (change === 'Remove') {
    if (described?.retained === true)
      state.cloudFormation.orphans.push({ region: stack.region, type, name: physicalId });
    delete stack.resources[logicalId];
    note(state, stack, { logicalId, type, status: described?.retained ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE' });
    return undefined;
  }
  stack.resources[logicalId] = { type, physicalId, status: `${verb}_COMPLETE` };
  note(state, stack, { logicalId, type, status: `${verb}_COMPLETE` });
  return undefined;
}

function finish(state: State, stack: Stack, doing: Doing): void {
  turn(state, stack, `${doing.what.toUpperCase()}_COMPLETE`);
  markChangeSet(state, doing, 'EXECUTE_COMPLETE');
  if (doing.what === 'delete') stack.deletedAt = state.at;
  stack.doing = null;
}

/** A stack that is being deleted stays as it is; what was created or changed is put back. */
function fail(state: State, stack: Stack, doing: Doing, reason: string): void {
  markChangeSet(state, doing, 'EXECUTE_FAILED');
  if (doing.what === 'delete') {
    turn(state, stack, 'DELETE_FAILED', reason);
    stack.doing = null;
    return;
  }
  cancelNext(state, stack, doing);
  const status = doing.what === 'create' ? 'ROLLBACK_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS';
  turn(state, stack, status, 'The following resource(s) failed. Rollback requested by user.');
  stack.doing = { ...doing, what: 'roll back', steps: [] };
  schedule(state, state.cloudFormation.rollbackMs, 'cloudFormation.next', stack.id);
}

/** What was under way beside it is given up; of events at one time none is promised to come first. */
function cancelNext(state: State, stack: Stack, doing: Doing): void {
  const [next] = doing.steps;
  if (!next) return;
  const type = stack.resources[next.logicalId]?.type ?? 'AWS::CloudFormation::CustomResource';
  const status = next.change === 'Add' ? 'CREATE_FAILED' : 'UPDATE_FAILED';
  const reason = 'Resource creation cancelled';
  const cancelled = { at: state.at, token: doing.token, logicalId: next.logicalId, type, status, reason };
  stack.events.splice(-1, 0, cancelled);
}

function endRollback(state: State, stack: Stack, { before }: Doing): void {
  const created = stack.status === 'ROLLBACK_IN_PROGRESS';
  if (created) stack.resources = {};
  else Object.assign(stack, before);
  turn(state, stack, created ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE');
  stack.doing = null;
}

function markChangeSet(state: State, { changeSet }: Doing, execution: 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED'): void {
  const set = state.cloudFormation.changeSets.find(({ id }) => id === changeSet);
  if (set) set.execution = execution;
}
