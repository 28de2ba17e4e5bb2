import type { FinalizeHandler, FinalizeHandlerArguments } from '@smithy/types';
import { faultOf } from './fault.ts';

interface Command {
  middlewareStack: {
    add(middleware: never, options: { step: 'finalizeRequest'; priority: 'normal'; name: string }): void;
  };
}

/**
 * The SDK sends again what got no answer. A command that takes neither a token nor a name of its own may have had its
 * effect by then: it is sent again only where it was throttled, and otherwise looked up.
 */
export function sendOnce<C extends object>(command: C): C {
  let first: { error: unknown } | undefined;
  const middleware = (next: FinalizeHandler<object, never>) => async (args: FinalizeHandlerArguments<object>) => {
    if (first) throw first.error;
    try {
      return await next(args);
    } catch (error) {
      if (faultOf(error).kind !== 'throttled') first = { error };
      throw error;
    }
  };
  const { middlewareStack } = command as unknown as Command;
  middlewareStack.add(middleware as never, { step: 'finalizeRequest', priority: 'normal', name: 'musterSendOnce' });
  return command;
}
