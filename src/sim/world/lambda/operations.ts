import type { Operations } from '../operation.ts';

export const lambdaOperations: Operations = {};
