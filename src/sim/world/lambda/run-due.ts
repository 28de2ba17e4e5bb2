import { faultsOf } from '../model.ts';
import type { Due, State } from '../state.ts';
import { settleSource } from './event-sources.ts';
import type { LambdaFunction } from './state.ts';

export function runLambda(state: State, due: Due): void {
  if (due.subject.startsWith('event-source/')) return settleSource(state, due);
  const fn = state.lambda.functions.find(({ region, name }) => `${region}/${name}` === due.subject);
  if (fn) settleFunction(state, fn);
}

function settleFunction(state: State, fn: LambdaFunction): void {
  const broken = faultsOf(state, 'function-update-fails').some(
    (fault) => fault.region === fn.region && fault.function === fn.name,
  );
  const created = fn.state === 'Pending';
  fn.update = broken ? 'Failed' : 'Successful';
  fn.reason = broken ? 'The function could not be given its network interfaces.' : null;
  if (created) fn.state = broken ? 'Failed' : 'Active';
}
