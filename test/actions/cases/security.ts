import type { Cases } from '../cases.ts';

export const securityCases: Cases = {};
