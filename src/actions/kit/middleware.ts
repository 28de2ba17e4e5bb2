import type { FinalizeHandler, FinalizeHandlerArguments, HandlerExecutionContext } from '@smithy/types';
import type { AwsPlugin, Purpose, SentCommand } from './aws.ts';
import type { ServiceName } from './clients.ts';
import type { Limiters } from './limiter.ts';
import { isEffect, permissionOf } from './permissions.ts';

/** A client, seen from its middleware. */
export interface Stacked {
  middlewareStack: {
    use(plugin: AwsPlugin): void;
  };
}

interface Guarded {
  service: ServiceName;
  region: string;
  purpose: Purpose;
  limiters: Limiters;
  guard: () => Promise<void>;
  onSend: ((sent: SentCommand) => void) | undefined;
}

/**
 * The last thing before the wire, inside the SDK's retries: each attempt waits for its slot, and an effect is guarded
 * each time it is about to be sent.
 */
export function guardPlugin(guarded: Guarded): AwsPlugin {
  const middleware =
    (next: FinalizeHandler<object, never>, context: HandlerExecutionContext): FinalizeHandler<object, never> =>
    (args: FinalizeHandlerArguments<object>) => {
      const command = (context.commandName ?? 'Unknown').replace(/Command$/, '');
      const { service, region, purpose } = guarded;
      return guarded.limiters({ service, region, purpose, command }).add(async () => {
        if (isEffect(command)) await guarded.guard();
        guarded.onSend?.({ service, region, purpose, permission: permissionOf(service, command) });
        return next(args);
      });
    };
  return {
    applyToStack: (stack) =>
      stack.add(middleware as never, { step: 'finalizeRequest', priority: 'low', name: 'musterGuard' }),
  };
}
