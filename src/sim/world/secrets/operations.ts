import type { Operations } from '../operation.ts';

export const secretsOperations: Operations = {};
