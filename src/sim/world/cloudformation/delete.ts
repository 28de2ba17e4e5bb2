import type { DeleteStackCommandInput } from '@aws-sdk/client-cloudformation';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { begin } from './execute.ts';
import { findStack } from './stacks.ts';

/** One that is not there is deleted already. What a template retains stays, and its name stays taken. */
export function deleteStack(scene: Scene, input: DeleteStackCommandInput): object {
  const stack = findStack(scene, input.StackName);
  if (!stack || stack.deletedAt !== null || stack.status === 'DELETE_IN_PROGRESS') return {};
  if (stack.protected)
    refuse('ValidationError', `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  if (stack.doing !== null)
    refuse('ValidationError', `Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
  const { template, parameters, resources } = stack;
  const steps = Object.keys(resources).map((logicalId) => ({ change: 'Remove' as const, logicalId }));
  const before = { template, parameters, resources: { ...resources } };
  begin(scene.state, stack, {
    ...{ what: 'delete' as const, token: input.ClientRequestToken ?? null, changeSet: null },
    ...{ steps: steps.reverse(), before },
  });
  return {};
}
