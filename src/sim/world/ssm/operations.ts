import type { Operations } from '../operation.ts';

export const ssmOperations: Operations = {};
