import { eachStep } from '../lint/draft.ts';
import type { Rule } from './rule.ts';
import { knownField } from './values.ts';

export const concurrencyWithoutEventSource: Rule = {
  name: 'concurrency-without-event-source',
  why: 'A function with concurrency 0 is still handed what its queues and streams hold: messages are tried until they land in the dead-letter queue, records until they are too old.',
  wrong: `
steps:
  - id: stop
    uses: lambda.set-concurrency
    fence: true
    with: { region: us-east-1, function: orders-processor, reserved: 0 }`,
  right: `
steps:
  - id: sources
    uses: lambda.toggle-event-source
    fence: true
    with: { region: us-east-1, function: orders-processor, enabled: false }
  - id: stop
    uses: lambda.set-concurrency
    fence: true
    with: { region: us-east-1, function: orders-processor, reserved: 0 }`,
  look: (draft) => {
    const named = (value: unknown): string => JSON.stringify(value ?? null);
    const rested = draft.command.steps
      .filter((step) => step.uses === 'lambda.toggle-event-source' && knownField(draft, step, 'enabled') === false)
      .map((step) => named(step.with.function));
    return eachStep(draft, (step, path) => {
      const isStop = step.uses === 'lambda.set-concurrency' && knownField(draft, step, 'reserved') === 0;
      if (!isStop || rested.includes(named(step.with.function))) return [];
      const message = `${step.id} stops the function, and its queues and streams go on handing it work: add a step with lambda.toggle-event-source, enabled: false`;
      return [draft.places.fault([...path, 'with', 'reserved'], message)];
    });
  },
};
