import type { FinalizeHandler, FinalizeHandlerArguments, HandlerExecutionContext } from '@smithy/types';
import type { Clock } from '../../domain/ports/clock.ts';
import type { AwsOptions, AwsPlugin, Purpose, SentCommand } from './aws.ts';
import type { ServiceName } from './clients.ts';
import { faultOf } from './fault.ts';
import type { Limiter, Limiters } from './limiter.ts';
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
      const signal = signalOf(context);
      const limiter = guarded.limiters({ service, region, purpose, command });
      const send = async () => {
        guarded.onWait?.(service, secondsSince(asked, clock));
        if (isEffect(command)) await guarded.guard();
        // What was given up meanwhile is looked up and perhaps sent anew: it must not go out after that.
        signal?.throwIfAborted();
        guarded.onSend?.({ service, region, purpose, permission: permissionOf(service, command) });
        return listen(limiter, () => next(args));
      };
      return limiter.queue.add(send, signal ? { signal } : {});
    };
  return {
    applyToStack: (stack) =>
      stack.add(middleware as never, { step: 'finalizeRequest', priority: 'low', name: 'musterGuard' }),
  };
}

async function listen<T>({ answered }: Limiter, ask: () => Promise<T>): Promise<T> {
  try {
    const answer = await ask();
    answered(null);
    return answer;
  } catch (error) {
    answered(faultOf(error).kind);
    throw error;
  }
}

function signalOf(context: HandlerExecutionContext): AbortSignal | undefined {
  const { abortSignal } = (context.__smithy_context ?? {}) as { abortSignal?: AbortSignal };
  return abortSignal;
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
