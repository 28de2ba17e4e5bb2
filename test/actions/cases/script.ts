import type { Cases } from '../cases.ts';

export const scriptCases: Cases = {};
