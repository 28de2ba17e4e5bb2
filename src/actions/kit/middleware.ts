import type { FinalizeHandler, FinalizeHandlerArguments, HandlerExecutionContext } from '@smithy/types';
import type { Clock } from '../../domain/ports/clock.ts';
import type { AwsOptions, AwsPlugin, Purpose, SentCommand } from './aws.ts';
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
  clock: Clock;
  onSend: ((sent: SentCommand) => void) | undefined;
  onWait: AwsOptions['onWait'];
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
      const { service, region, purpose, clock } = guarded;
      const asked = clock.now().getTime();
      return guarded.limiters({ service, region, purpose, command }).add(async () => {
        guarded.onWait?.(service, secondsSince(asked, clock));
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

/** Of real time, whatever the clock shows. */
function secondsSince(asked: number, clock: Clock): number {
  return clock.scale > 0 ? Math.max(0, clock.now().getTime() - asked) / clock.scale / 1000 : 0;
}

/** Outside the SDK's retries, which wait in real time: a clock that leaps over idleness stays until the call has its answer. */
export function holdPlugin(during: NonNullable<Clock['during']>): AwsPlugin {
  const middleware =
    (next: (args: object) => Promise<unknown>) =>
    (args: object): Promise<unknown> =>
      during(() => next(args));
  return {
    applyToStack: (stack) => stack.add(middleware as never, { step: 'initialize', name: 'musterHolds' }),
  };
}
