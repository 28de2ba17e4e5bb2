import type { Cases } from '../cases.ts';

export const dynamoDbCases: Cases = {};
