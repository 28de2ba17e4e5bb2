import type { Operations } from '../operation.ts';

export const cloudFormationOperations: Operations = {};
