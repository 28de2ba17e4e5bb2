import type { ActionRegistry } from '../domain/action.ts';
import { descriptors } from './descriptors.ts';
import type { Clients } from './kit/context.ts';
import { bindAction } from './kit/define.ts';

/** Every action, bound to its clients. */
export function createActions(clients: Clients): ActionRegistry {
  const actions = new Map(descriptors.map((descriptor) => [descriptor.info.name, bindAction(descriptor, clients)]));
  return { get: (name) => actions.get(name), list: () => [...actions.values()] };
}
