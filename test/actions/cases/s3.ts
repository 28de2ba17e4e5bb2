import type { Cases } from '../cases.ts';

export const s3Cases: Cases = {};
