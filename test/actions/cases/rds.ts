import type { Cases } from '../cases.ts';

export const rdsCases: Cases = {};
