import type { Cases } from '../cases.ts';

export const cloudFormationCases: Cases = {};
