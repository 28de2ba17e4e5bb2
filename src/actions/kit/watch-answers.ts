import type { InitializeHandler, InitializeHandlerArguments } from '@smithy/types';
import type { Answered, AwsPlugin } from './aws.ts';
import type { ServiceName } from './clients.ts';
import { type FaultKind, faultOf, isFromOutside } from './fault.ts';

interface Watched {
  service: ServiceName;
  region: string;
  onAnswer: (answer: Answered) => void;
}

/** What AWS says no to is an answer: it is there, and it heard. */
const answers: readonly FaultKind[] = ['not-found', 'refused'];

/** The first in line, outside the SDK's retries and its look for credentials: how a command ended as a whole. */
export function watchPlugin({ service, region, onAnswer }: Watched): AwsPlugin {
  const middleware =
    (next: InitializeHandler<object, never>): InitializeHandler<object, never> =>
    async (args: InitializeHandlerArguments<object>) => {
      try {
        const answer = await next(args);
        onAnswer({ service, region, trouble: null });
        return answer;
      } catch (error) {
        const fault = faultOf(error);
        // What a guard of ours stopped says nothing of AWS.
        if (isFromOutside(error) || ['denied', 'credentials'].includes(fault.kind))
          onAnswer({ service, region, trouble: answers.includes(fault.kind) ? null : fault });
        throw error;
      }
    };
  return {
    applyToStack: (stack) =>
      stack.add(middleware as never, { step: 'initialize', priority: 'high', name: 'musterWatch' }),
  };
}
