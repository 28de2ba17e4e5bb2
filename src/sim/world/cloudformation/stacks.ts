import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import type { Stack } from './state.ts';

/** A stack by its name, while it is there, or by its id, even afterwards. */
export function findStack({ state, region }: Scene, nameOrId: string | undefined): Stack | undefined {
  return state.cloudFormation.stacks.find(
    (stack) =>
      stack.region === region && (stack.id === nameOrId || (stack.name === nameOrId && stack.deletedAt === null)),
  );
}

export function needStack(scene: Scene, nameOrId: string | undefined): Stack {
  return findStack(scene, nameOrId) ?? refuse('ValidationError', `Stack with id ${nameOrId} does not exist`);
}

export function note(
  state: State,
  stack: Stack,
  of: { logicalId: string; type: string; status: string; reason?: string },
): void {
  const token = stack.doing?.token ?? null;
  stack.events.push({ at: state.at, reason: null, token, ...of });
}

/** The stack itself comes to another status. */
export function turn(state: State, stack: Stack, status: string, reason?: string): void {
  stack.status = status;
  stack.reason = reason ?? null;
  const of = { logicalId: stack.name, type: 'AWS::CloudFormation::Stack', status };
  note(state, stack, reason === undefined ? of : { ...of, reason });
}
