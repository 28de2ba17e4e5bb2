import type { Operations } from '../operation.ts';

export const iamOperations: Operations = {};
