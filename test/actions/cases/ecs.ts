import type { Cases } from '../cases.ts';

export const ecsCases: Cases = {};
