import type { Operations } from '../operation.ts';
import { accessOperations } from './access.ts';
import { concurrencyOperations } from './concurrency.ts';
import { eventSourceOperations } from './event-sources.ts';
import { functionChanges } from './functions.ts';
import { functionReadings } from './read.ts';

export const lambdaOperations: Operations = {
  ...functionReadings,
  ...functionChanges,
  ...concurrencyOperations,
  ...eventSourceOperations,
  ...accessOperations,
};
