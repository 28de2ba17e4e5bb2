import type { Cases } from '../cases.ts';

export const lambdaCases: Cases = {};
