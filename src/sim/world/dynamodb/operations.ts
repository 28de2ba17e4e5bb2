import type { Operations } from '../operation.ts';

export const dynamoDbOperations: Operations = {};
